import { html } from './html.ts';
import { layout } from './layout.ts';
import { siteNotice } from './privacy-notice.ts';
import type { PageSite } from './site.ts';

/** What the site does with people's data. An event may have a notice of its own: its registration form shows it. */
export function privacyPage(site: PageSite): string {
  const main = html`<div class="narrow"><h1>Privacy</h1>
<p class="lead">What ${site.name} keeps about you when you register for an event, and what you can ask for.</p>
<div class="prose">${siteNotice(site, site)}
<p>An event may have a privacy notice or a time of its own. Its registration form says so before you register.</p></div></div>`;
  const description = `What ${site.name} keeps about people who register for events, for how long, and their rights.`;
  return layout(site, { title: 'Privacy', description, path: '/privacy', findable: true, main });
}
