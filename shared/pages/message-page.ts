import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';

export interface Message {
  readonly title: string;
  readonly text: Html | string;
  /** Whether looking for another event may help. */
  readonly offersSearch?: boolean;
  /** What else may help. */
  readonly more?: Html;
}

/** One thing to say: that there is nothing here, or that something went wrong. */
export function messagePage(site: PageSite, { title, text, offersSearch = false, more }: Message): string {
  const search = html`<form class="search" role="search" action="/" method="get"><label for="q">Search events</label>
<div class="with-button"><input type="search" id="q" name="q" maxlength="200"><button class="button" type="submit">Search</button></div></form>
<p><a href="/">All events</a></p>`;
  const main = html`<div class="narrow"><h1>${title}</h1><p class="lead">${text}</p>${more}${offersSearch && search}</div>`;
  return layout(site, { title, main });
}
