import type { Event } from '#shared/domain/event.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';

export interface StopView {
  readonly event: Event;
  readonly muted: boolean;
  readonly press: (action: 'mute' | 'unmute') => string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
}

/** Stop this event's optional mail, or take that back. Opening the page changes nothing: mail scanners do that too. */
export function stopPage(site: PageSite, { event, muted, press, said }: StopView): string {
  const action = muted ? 'unmute' : 'mute';
  const main = html`<div class="narrow">
${said && html`<div class="notice" role="alert" tabindex="-1" autofocus data-focus><p>${said}</p></div>`}
<h1>${muted ? 'Optional mail is stopped' : 'Stop optional mail?'}</h1>
<p class="lead">${event.title}</p>
<p>${muted ? 'You get no more reminders and other optional mail about this event.' : 'You will get no more reminders and other optional mail about this event.'} Mails you need still come: your confirmation, a change of time or place, and a cancellation. Your place stays yours.</p>
<form method="post"><p><button class="button${muted && ' secondary'}" type="submit" name="${action}" value="${press(action)}">${muted ? 'Send me reminders again' : 'Stop optional mail'}</button></p></form>
</div>`;
  return layout(site, { title: `Optional mail: ${event.title}`, main, quiet: true });
}
