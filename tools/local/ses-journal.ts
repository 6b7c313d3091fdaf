import type { Mail, SesEvent } from './ses-events.ts';
import type { Fault } from './ses-faults.ts';

/** One SendEmail request as it was seen on the wire. */
export interface SesRequest {
  readonly at: string;
  readonly to: readonly string[];
  readonly configurationSet: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly fault: Fault | undefined;
  outcome: 'accepted' | 'refused' | 'pending';
  messageId: string | undefined;
  /** The Content of the request as it came; only the newest requests keep theirs. */
  content: Mail['Content'] | undefined;
}

const KEPT = 50_000;
const KEPT_WITH_CONTENT = 1_000;

/** What the front has seen, for tests that count requests and read mails, and the events that it holds back. */
export const sesJournal = () => {
  let requests: SesRequest[] = [];
  return {
    held: [] as { readonly mail: Mail; readonly events: readonly SesEvent[] }[],
    add(mail: Mail, fault: Fault | undefined): SesRequest {
      const request: SesRequest = {
        at: new Date().toISOString(),
        to: mail.Destination.ToAddresses,
        configurationSet: mail.ConfigurationSetName,
        tags: Object.fromEntries(mail.EmailTags.map(({ Name, Value }) => [Name, Value])),
        fault,
        outcome: 'pending',
        messageId: undefined,
        content: mail.Content,
      };
      requests.push(request);
      const older = requests.at(-1 - KEPT_WITH_CONTENT);
      if (older) older.content = undefined;
      if (requests.length > KEPT) requests.shift();
      return request;
    },
    list: (to: string | null): readonly SesRequest[] =>
      to === null ? requests : requests.filter((request) => request.to.some((address) => address.includes(to))),
    clear: (): void => {
      requests = [];
    },
  };
};

export type SesJournal = ReturnType<typeof sesJournal>;
