import type { Clock } from '#shared/clock.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Circumstances } from '#shared/domain/decide.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Chance } from '#shared/domain/ids.ts';
import type { ReceiptsSeen } from '#shared/domain/in-doubt.ts';
import type { Joining } from '#shared/domain/late.ts';
import type { MailKind } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { Logger } from '#shared/logger.ts';
import type { Mail, Mailer } from '#shared/mail/mailer.ts';
import type { Count } from '#shared/metrics.ts';
import type { ControlStore } from '#shared/store/control.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { Composition } from './composition.ts';
import type { Guards } from './guard.ts';

export interface DeliverDeps {
  readonly registrations: Pick<RegistrationStore, 'claim' | 'revise'>;
  readonly guard: Guards;
  readonly receiptsSeen: () => Promise<ReceiptsSeen | undefined>;
  /** The joining campaigns of an event as they are now. */
  readonly joiningsOf: (event: Event) => Promise<readonly Joining[]>;
  /** The campaign that a test shows. */
  readonly campaignOf: (eventId: string, campaignId: string) => Promise<Campaign | undefined>;
  /** Where a person stands in line, for mails that say so. */
  readonly placeOf: (row: Registration) => Promise<number | undefined>;
  readonly compose: (kind: MailKind, mail: Composition) => Mail;
  readonly mailer: Mailer;
  /** SES throttled: everybody sends more slowly for a while. */
  readonly slowDown: () => Promise<void>;
  /** Where it is noted that SES takes no mail from our sender. */
  readonly control: Pick<ControlStore, 'refused'>;
  readonly mayReach: Circumstances['mayReach'];
  readonly timings: Timings;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
  readonly count: Count;
}

/** Which mail, for which run, and when its slot is: SES is called at that moment, not before. Epoch milliseconds. */
export interface Delivering {
  readonly mailKey: string;
  readonly firedAt?: Epoch | undefined;
  readonly callAt: number;
  /** When it was read that it is to be sent, monotonic milliseconds. */
  readonly since: number;
}

/**
 * Milliseconds before its slot at which a mail is taken up: guarded, claimed and composed by then, it leaves on time, and
 * calls do not bunch up behind a slow answer of the table. No longer, for what is claimed when a worker dies is in doubt.
 */
export const LEAD = 50;
