import type { Event } from '#shared/domain/event.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { said } from './personal-parts.ts';
import type { PageSite } from './site.ts';

export interface ObjectView {
  readonly event: Event;
  readonly objected: boolean;
  /** Until when they may, in words. */
  readonly until: string;
  /** What the button must carry. */
  readonly press: string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
}

/** At an address that a registration has left: was that not you? It says nothing of the new address, nor of the registration. */
export function objectPage(site: PageSite, { event, objected, until, press, said: why }: ObjectView): string {
  const { organiser, title } = event;
  const write = html`<a href="mailto:${organiser.email}">${organiser.email}</a>`;
  const main = objected
    ? html`<div class="narrow">
<h1>You have objected</h1>
<p class="lead">${title}</p>
<p>The organiser has been told, and so has the address that the registration has now. That address cannot be changed again until the organiser has decided. Nothing has been changed back.</p>
<p>The organiser may want to ask you something, or you them: ${organiser.name}, ${write}.</p>
</div>`
    : html`<div class="narrow">
${said(why)}
<h1>Was it not you who changed the address?</h1>
<p class="lead">${title}</p>
<p>Mail about this registration went to your address and goes to another one now. If you did not change that, and did not ask the organiser to, please object.</p>
<p>Then the address cannot be changed again, and the organiser and the new address are told. The organiser decides what happens: nothing is changed back by itself. You can object until ${until}.</p>
<form method="post"><p><button class="button" type="submit" name="object" value="${press}">Object to the change</button></p></form>
<p>Was it you? Then you need do nothing.</p>
</div>`;
  return layout(site, { title: `Change of address: ${title}`, main, quiet: true });
}
