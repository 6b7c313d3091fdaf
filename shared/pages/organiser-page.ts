import { html } from './html.ts';
import { layout } from './layout.ts';
import { said } from './personal-parts.ts';
import type { PageSite } from './site.ts';

export interface OrganiserView {
  readonly email: string;
  /** Whether it is confirmed already. */
  readonly isProved: boolean;
  /** What the button must carry. */
  readonly press: string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
}

/** At an organiser's address: is it yours? */
export function organiserPage(site: PageSite, { email, isProved, press, said: why }: OrganiserView): string {
  const question = html`<h1>Is this your address?</h1>
<p class="lead">${email}</p>
<p>Somebody who prepares an event at ${site.name} named it as the organiser’s. Once you confirm it, tests of its mails and alerts about events that name you come there. You are asked once for all events.</p>
<form method="post"><p><button class="button" type="submit" name="prove" value="${press}">This is my address</button></p></form>
<p>If you know nothing of it, close this page: nothing else comes.</p>`;
  const answer = html`<h1>Your address is confirmed</h1>
<p class="lead">${email}</p>
<p>Tests of mails and alerts about events that name you as their organiser come there from now on.</p>`;
  const main = html`<div class="narrow">
${said(why)}
${isProved ? answer : question}
</div>`;
  return layout(site, { title: isProved ? 'Your address is confirmed' : 'Is this your address?', main, quiet: true });
}
