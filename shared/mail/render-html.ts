import { raw } from 'hono/html';
import type { Foot, Letter } from './letter.ts';
import { OUTLOOK_SHEET, SHEET, STYLE, TONES } from './mail-style.ts';
import { type Markup, markup } from './markup.ts';
import { prose } from './prose.ts';
import { actionRow, boxed, factsRow, sectionRows } from './render-parts.ts';

export interface Envelope {
  readonly subject: string;
  /** Undefined where the words greet by themselves. */
  readonly greeting: string | undefined;
  readonly foot: Foot;
}

/** The letter as HTML that old Outlooks draw too: tables, inline styles, no image, no request to anywhere. */
export function renderHtml(letter: Letter, { subject, greeting, foot }: Envelope): string {
  return markup`<!doctype html>
<html lang="en-GB" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${raw(SHEET)}</style>
<style>${raw(OUTLOOK_SHEET)}</style>
<!--[if mso]><style>table,td,th,h1,h2,h3,p,a{font-family:Arial,sans-serif!important}</style><![endif]-->
</head>
<body class="page" style="${STYLE.page}">
${preheader(letter.preview)}
<div role="article" aria-roledescription="email" aria-label="${subject}" lang="en-GB">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="${STYLE.page}">
<tr><td class="outer" align="center" style="padding:24px 12px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="sheet ${letter.tone}" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;${STYLE.sheet}border-top:6px solid ${TONES[letter.tone]};">
<tr><td class="pad ink" style="${STYLE.pad}padding-top:28px;">
${letter.aside && boxed('aside', STYLE.aside, letter.aside)}
<h1 class="news" style="${STYLE.news}">${letter.news}</h1>
${greeting && markup`<p style="${STYLE.lead}">${greeting}</p>`}
${letter.words ? prose(letter.words.html) : letter.lead.map((text) => markup`<p style="${STYLE.lead}">${text}</p>`)}
</td></tr>
${factsRow(letter.facts)}
${actionRow(letter.action)}
${sectionRows(letter.sections)}
${footRow(foot)}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</div>
</body>
</html>
`.toString();
}

/** What the inbox shows behind the subject, then blanks, so that it does not go on into the mail. */
const preheader = (preview: string): Markup =>
  markup`<div aria-hidden="true" style="${STYLE.hidden}">${preview}${raw('&#847;&zwnj;&nbsp;'.repeat(60))}</div>`;

const footRow = ({ lines, links }: Foot): Markup => markup`<tr><td class="pad soft" style="${STYLE.foot}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="rule" style="${STYLE.rule}">&nbsp;</td></tr></table>
${lines.map((line) => markup`<p class="soft" style="${STYLE.footLine}">${line}</p>`)}
${links.map(({ label, url }) => markup`<p class="soft" style="${STYLE.footLine}"><a class="accent" href="${url}" style="${STYLE.link}">${label}</a></p>`)}
</td></tr>`;
