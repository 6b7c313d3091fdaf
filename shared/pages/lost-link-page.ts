import { errorSummary } from './form-errors.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { lostLinkForm } from './lost-link-form.ts';
import type { PageSite } from './site.ts';

interface LostLinkView {
  readonly typed: readonly string[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}

/** Where to say which address to send one's links to. */
export function lostLinkPage(site: PageSite, view: LostLinkView): string {
  const main = html`<div class="narrow">
${errorSummary(view.faults.map(({ field, message }) => ({ anchor: field, message })))}
<h1>Find your registration</h1>
<p class="lead">Every mail about a registration holds a link that is yours alone. If you cannot find one, we send it again.</p>
${lostLinkForm(view)}
</div>`;
  const title = 'Find your registration';
  return layout(site, { title: view.faults.length > 0 ? `Error: ${title}` : title, main });
}

/** The same for everybody, so that it tells nobody who is registered. */
export function linkSentPage(site: PageSite): string {
  const main = html`<div class="narrow">
<h1>Check your inbox</h1>
<p class="lead">If that address is registered for an event, a mail with the link is on its way to it.</p>
<h2>If nothing comes</h2>
<ul>
<li>Look in the spam or junk folder for a mail from ${site.name}.</li>
<li>Perhaps you registered with another address: <a href="/lost-link">try that one</a>.</li>
<li>A link that was sent a few minutes ago is not sent again at once: that mail still holds.</li>
</ul>
<p><a href="/">All events</a></p>
</div>`;
  return layout(site, { title: 'Check your inbox', main });
}
