import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { said } from './personal-parts.ts';
import type { PageSite } from './site.ts';

export interface NewAddressView {
  readonly event: Event;
  readonly registration: Pick<Registration, 'newEmail'>;
  /** What the button must carry. */
  readonly press: string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
}

/** At the new address: is it yours? It does not say which the old one is. */
export function newAddressPage(site: PageSite, { event, registration, press, said: why }: NewAddressView): string {
  const main = html`<div class="narrow">
${said(why)}
<h1>Use this address?</h1>
<p class="lead">${event.title}</p>
<p>Mail about this registration will go to <b>${registration.newEmail ?? ''}</b> from now on. The links in earlier mails stop working, and a mail with new ones comes to this address.</p>
<form method="post"><p><button class="button" type="submit" name="use" value="${press}">Use this address</button></p></form>
</div>`;
  return layout(site, { title: `Use this address: ${event.title}`, main, quiet: true });
}
