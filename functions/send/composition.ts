import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { readMailKey, testedCampaign } from '#shared/domain/mail-key.ts';
import { isNoticeKind, type MailKind } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { lastTold } from '#shared/domain/told.ts';
import type { Entry } from './ledger.ts';

/** What a mail is composed of, all of it read within the last moments. */
export interface Composition {
  readonly mailKey: string;
  readonly event: Event;
  readonly row: Registration;
  readonly place: number | undefined;
  readonly template: Campaign['template'];
  /** What they were told last, where that differs. */
  readonly before: Schedule | undefined;
  readonly bringsJoining: boolean;
  /** Of a test: what is tested. */
  readonly tested: Campaign['kind'] | undefined;
  readonly attempt: number;
  readonly notAfter: Epoch;
  readonly now: Epoch;
}

type Shown = Pick<Composition, 'template' | 'before' | 'tested'>;

/** What a mail shows beside the event as it is: the organiser's words, what was told before, what is tested. */
export const shownBy =
  (campaignOf: (eventId: string, campaignId: string) => Promise<Campaign | undefined>) =>
  async (
    kind: MailKind,
    { row, mailKey }: Entry,
    { event, campaign }: { readonly event: Event; readonly campaign: Campaign | undefined },
  ): Promise<Shown> => {
    const told = isNoticeKind(kind) ? lastTold(event, row, mailKey) : 'nothing';
    const number = kind === 'test-send' ? testedCampaign(readMailKey(mailKey).occasion) : undefined;
    const tested = number === undefined ? undefined : await campaignOf(row.eventId, number);
    return {
      before: typeof told === 'object' ? told.schedule : undefined,
      template: (tested ?? campaign)?.template,
      tested: tested?.kind,
    };
  };
