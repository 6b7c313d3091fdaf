import type { Event } from '#shared/domain/event.ts';
import type { MailKind } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { MailView } from '#shared/mail/mail-view.ts';
import { type RenderedMail, renderMail } from '#shared/mail/render-mail.ts';
import { anEvent, aRegistration } from './builders.ts';
import { aMailView } from './mail-view.ts';

export interface MailGiven {
  readonly event?: Partial<Event>;
  readonly person?: Partial<Registration>;
  readonly at?: string;
  readonly view?: Partial<MailView>;
}

export type ReadMail = MailView & Pick<RenderedMail, 'subject' | 'preview' | 'html' | 'text' | 'calendar'>;

/** A mail as somebody reads it: the text in one line, so that no sentence is missed for where it wraps. */
export function mailTo(kind: MailKind, { event, person, at, view: given }: MailGiven = {}): ReadMail {
  const view = aMailView({
    event: anEvent(event),
    registration: aRegistration(person),
    ...(at !== undefined && { now: Date.parse(at) / 1000 }),
    ...given,
  });
  const mail = renderMail(kind, view);
  return { ...view, ...mail, text: mail.text.replace(/\s+/g, ' ') };
}

/** The address behind the one button. */
export const buttonOf = ({ html }: { readonly html: string }): string | undefined =>
  /class="press" href="([^"]+)"/.exec(html)?.[1];

/** Somebody whose calendar a mail of ours put the event into. */
export const INVITED = { sequence: 3, deliveries: { '1@a1': 'delivered|1795000000|1|a1b2c3|1' } } as const;
