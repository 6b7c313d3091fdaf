import type { Action, DateTile, Fact, Facts, Section } from './letter.ts';
import { FONT, STYLE } from './mail-style.ts';
import { type Markup, markup } from './markup.ts';

/** The event at a glance: the day as a tile, the title, and what one looks up. */
export const factsRow = ({ title, tile, rows }: Facts): Markup => markup`<tr><td class="pad ink" style="${STYLE.pad}">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="${STYLE.card}">
<tr><td class="ink" style="padding:20px 20px 0;${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
${tile && tileCell(tile)}
<td class="beside" style="vertical-align:middle;${FONT}"><h2 style="${STYLE.title}">${title}</h2></td>
</tr></table>
</td></tr>
<tr><td class="ink" style="padding:12px 20px 16px;${FONT}">
<table width="100%" cellpadding="0" cellspacing="0" border="0">
${rows.map(factRow)}
</table>
</td></tr>
</table>
</td></tr>`;

const tileCell = ({
  weekday,
  day,
  month,
}: DateTile): Markup => markup`<td class="beside" width="76" style="width:76px;padding:0 16px 0 0;vertical-align:top;">
<table role="presentation" class="tile" width="76" cellpadding="0" cellspacing="0" border="0" style="${STYLE.tile}"><tr>
<td class="tiled" align="center" style="padding:8px 0;${FONT}text-align:center;"><span style="${STYLE.weekday}">${weekday}</span><br class="fold"> <span class="day" style="${STYLE.day}">${day}</span><br class="fold"> <span class="accent" style="${STYLE.month}">${month}</span></td>
</tr></table>
</td>`;

const factRow = (fact: Fact): Markup => markup`<tr>
<th scope="row" class="label soft" width="92" style="width:92px;padding:4px 12px 4px 0;${FONT}${STYLE.label}">${fact.label}</th>
<td class="value ink" style="padding:4px 0;${FONT}${STYLE.value}">${factValue(fact)}</td>
</tr>`;

function factValue({ text, url, before }: Fact): Markup {
  if (url !== undefined) return markup`<a class="accent" href="${url}" style="${STYLE.link}">${text}</a>`;
  if (before === undefined) return markup`${unbroken(text)}`;
  return markup`<span style="${STYLE.now}">Now: ${unbroken(text)}</span><br><span class="soft" style="${STYLE.before}">Before: <s>${unbroken(before)}</s></span>`;
}

/** "09:30–13:00 GMT" stays on one line. */
const unbroken = (text: string): readonly Markup[] =>
  text
    .split(/(\d\d:\d\d–\d\d:\d\d \S+)/)
    .map((piece, at) => (at % 2 ? markup`<span style="white-space:nowrap;">${piece}</span>` : markup`${piece}`));

/** The one button, its address in words, and what one should know before pressing it. */
export const actionRow = ({ label, url, note }: Action): Markup => markup`<tr><td class="pad ink" style="${STYLE.pad}">
<table role="presentation" class="full" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="button" style="${STYLE.button}"><a class="press" href="${url}" style="${STYLE.press}">${label}</a></td>
</tr></table>
${note && markup`<p style="${STYLE.lead}margin-top:16px;">${note}</p>`}
<p class="soft" style="${STYLE.small}margin-top:12px;">Or copy this address into your browser:<br><a class="accent" href="${url}" style="${STYLE.address}">${url}</a></p>
</td></tr>`;

/** What else there is to know, each under its heading. */
export const sectionRows = (sections: readonly Section[]): readonly Markup[] =>
  sections.map(
    ({ heading, paragraphs, code, link }) => markup`<tr><td class="pad ink" style="${STYLE.pad}padding-top:16px;">
<h3 style="${STYLE.heading}">${heading}</h3>
${paragraphs.map((text, at) => markup`<p style="${STYLE.lead}">${linked(text)}${at === paragraphs.length - 1 && linkBelow(link)}</p>`)}
${code && boxed('code', STYLE.code, lines(code))}
</td></tr>`,
  );

/** A text in a box of its own. A cell, for old Outlooks know no padding elsewhere. */
export const boxed = (kind: 'aside' | 'code', style: string, text: string | readonly Markup[]): Markup =>
  markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${STYLE.box}"><tr><td class="ink ${kind}" style="${FONT}${style}">${text}</td></tr></table>`;

const linkBelow = (link: Section['link']): Markup | undefined =>
  link && markup`<br><a class="accent" href="${link.url}" style="${STYLE.link}">${link.label}</a>`;

/** Web addresses that were typed are there to be pressed: phones are told not to guess what is one. */
const linked = (text: string): readonly Markup[] =>
  text
    .split(/(https:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]])/)
    .map((piece, at) =>
      at % 2
        ? markup`<a class="accent" href="${piece}" style="${STYLE.address}">${piece}</a>`
        : markup`${lines(piece)}`,
    );

const lines = (text: string): readonly Markup[] =>
  text.split('\n').map((line, at) => (at === 0 ? markup`${line}` : markup`<br>${line}`));
