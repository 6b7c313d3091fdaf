import type { Event } from './event.ts';
import type { MailKind } from './mail-kinds.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

type SkipReason =
  | 'expired'
  | 'superseded'
  | 'over-budget'
  | 'first-mail-dropped'
  | 'mailbox-full'
  | 'muted'
  | 'bounced'
  | 'not-on-allow-list'
  | 'campaign-off'
  | 'not-in-audience'
  | 'told-already'
  | 'registered-late'
  | 'covered-by-notice'
  | 'event-not-over'
  | 'no-survey'
  | 'survey-closed'
  | `event-${Event['state']}`
  | `registration-${Registration['status']}`;

/** Send it, never send it and say why, or ask again later. */
export type Decision =
  | { readonly do: 'send'; readonly kind: MailKind; readonly notAfter: Epoch }
  | { readonly do: 'skip'; readonly reason: SkipReason }
  | {
      readonly do: 'wait';
      readonly for: 'pause' | 'sender' | 'answers' | 'budget' | 'calendar' | 'told' | 'notice' | 'first-mail';
    };
