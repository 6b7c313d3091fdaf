import { script, stylesheet } from './assets.ts';
import { type Html, html } from './html.ts';
import type { PageSite } from './site.ts';

/** One page, before the frame that all share. */
export interface Page {
  readonly title: string;
  readonly main: Html;
  /** What search engines and previews say of it. Absent from pages nobody should find. */
  readonly description?: string | undefined;
  /** Its one address, from the slash on. Absent from pages that have none to share. */
  readonly path?: string | undefined;
  readonly findable?: boolean;
  /** More for the head: structured data, previews. */
  readonly head?: Html | undefined;
  /** The page leads nowhere but where its reader needs to be: no search in the header. */
  readonly quiet?: boolean;
}

/** A tick in a rounded square: the only picture of the site, small enough to travel inside the page. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%230b5c66'/%3E%3Cpath d='m8 17 5 5L24 10' fill='none' stroke='%23fff' stroke-width='4'/%3E%3C/svg%3E";

/** The whole document. */
export function layout(
  site: PageSite,
  { title, main, description, path, findable = false, head, quiet }: Page,
): string {
  const full = title === site.name ? title : `${title} – ${site.name}`;
  return `<!doctype html>\n${html`<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${full}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f5f0">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#18222a">
${!findable && html`<meta name="robots" content="noindex">`}
${description && html`<meta name="description" content="${description}">`}
${path && findable && html`<link rel="canonical" href="${site.url}${path}">`}
<link rel="stylesheet" href="/assets/${stylesheet.file}">
<link rel="icon" href="${ICON}">
<script src="/assets/${script.file}" defer></script>
${head}
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header class="top">
<div class="wide">
<a class="brand" href="/">${site.name}</a>
${!quiet && html`<nav aria-label="Site"><a href="/">Events</a></nav>`}
</div>
</header>
<main id="main" class="wide" tabindex="-1">
${main}
</main>
<footer class="foot">
<div class="wide">
<p>${site.organiser.name} · <a href="mailto:${site.organiser.email}">${site.organiser.email}</a></p>
<ul class="plain">
<li><a href="/privacy">Privacy</a></li>
${!quiet && html`<li><a href="/calendar.ics">All events as a calendar feed</a></li>`}
</ul>
</div>
</footer>
</body>
</html>`}\n`;
}
