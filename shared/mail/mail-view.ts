import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Epoch } from '#shared/domain/time.ts';

/** Everything a mail is made from: the same view always makes the same mail. */
export interface MailView {
  readonly site: { readonly name: string; readonly url: string };
  readonly event: Event;
  readonly registration: Registration;
  readonly links: {
    readonly manage: string;
    readonly join: string;
    readonly calendar: string;
    readonly event: string;
    readonly stop: string;
    readonly survey: string;
  };
  /** Their place in line at this moment, while they wait. */
  readonly place?: number | undefined;
  /** The organiser's own words, where a campaign has some. */
  readonly template?: { readonly subject: string; readonly body: string } | undefined;
  readonly now: Epoch;
}
