import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import type { MailKind } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
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
    /** Confirms the address that they want to have instead, or that an organiser's is theirs. */
    readonly address: string;
    /** Says from an address that was left that the move was not theirs. */
    readonly object: string;
  };
  /** Their place in line at this moment, while they wait. */
  readonly place?: number | undefined;
  /** The organiser's own words, where a campaign has some. */
  readonly template?: Campaign['template'];
  /** What they were told last, where it is true no more; undefined where they were told nothing, too. */
  readonly before?: Schedule | undefined;
  /** The mail brings along what a joining mail would say: see rule 4 of late registrants. */
  readonly bringsJoining?: boolean | undefined;
  /** Of a test for the organiser: which kind of mail they look at. */
  readonly tested?: Exclude<MailKind, 'test-send'> | undefined;
  /** Of the telling of a move: the address that was left, when, and the SEQUENCE of the CANCEL where it was invited. */
  readonly left?: { readonly email: string; readonly since: Epoch; readonly sequence?: number | undefined } | undefined;
  /** Of an alert that somebody objected to a move: of which registration. */
  readonly objection?: string | undefined;
  readonly now: Epoch;
}
