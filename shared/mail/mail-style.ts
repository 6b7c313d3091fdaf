import type { Tone } from './letter.ts';

/** Everything is said inline as well: many inboxes throw style sheets away. No quotes, they would be escaped. */
export const FONT = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif;';

export const TONES: Record<Tone, string> = {
  good: '#0b5c66',
  waiting: '#5b3a9e',
  moved: '#8a5300',
  off: '#9b1c1c',
  quiet: '#5a6772',
};

/** Colours of the light form, inline; the style sheet below turns them for dark inboxes. */
export const STYLE = {
  page: 'margin:0;padding:0;background-color:#edf1f3;',
  sheet: 'background-color:#ffffff;border-radius:6px;',
  pad: `padding:20px 32px 0;${FONT}font-size:18px;line-height:1.5;color:#16202a;`,
  news: 'margin:0 0 16px;font-size:30px;line-height:1.2;font-weight:700;letter-spacing:-0.01em;text-wrap:balance;color:#16202a;',
  lead: 'margin:0 0 12px;font-size:18px;line-height:1.5;color:#16202a;',
  card: 'border:1px solid #c9d3d9;border-radius:6px;border-collapse:separate;',
  title: 'margin:0;text-wrap:balance;font-size:20px;line-height:1.3;font-weight:700;color:#16202a;',
  tile: 'background-color:#f0f7f8;border-radius:6px;color:#16202a;text-align:center;',
  month: 'font-size:15px;line-height:20px;font-weight:700;color:#0b5c66;',
  day: 'font-size:32px;line-height:36px;font-weight:700;',
  weekday: 'font-size:15px;line-height:20px;',
  label: 'font-size:16px;line-height:1.45;color:#45525e;text-align:left;vertical-align:top;font-weight:400;',
  value: 'font-size:16px;line-height:1.45;color:#16202a;text-align:left;vertical-align:top;',
  link: 'color:#0b5c66;text-decoration:underline;',
  button: 'background-color:#0b5c66;border-radius:6px;mso-padding-alt:14px 28px;text-align:center;',
  press: `display:inline-block;padding:14px 28px;border-radius:6px;${FONT}font-size:18px;line-height:1.3;font-weight:700;color:#ffffff;text-decoration:none;`,
  small: 'margin:0 0 12px;font-size:16px;line-height:1.5;color:#45525e;',
  address: 'color:#0b5c66;text-decoration:underline;word-break:break-all;overflow-wrap:anywhere;',
  heading: 'margin:0 0 4px;font-size:18px;line-height:1.35;font-weight:700;color:#16202a;',
  box: 'border-collapse:separate;margin:0 0 16px;',
  aside: 'padding:10px 14px;border:1px dashed #8a5300;border-radius:6px;font-size:16px;line-height:1.45;color:#16202a;',
  now: 'font-weight:700;',
  before: 'color:#45525e;',
  code: 'padding:12px;background-color:#f0f7f8;border-radius:6px;font-family:Consolas,Menlo,monospace;font-size:14px;line-height:1.5;color:#16202a;white-space:pre-wrap;word-break:break-all;overflow-wrap:anywhere;',
  foot: `padding:16px 32px 24px;${FONT}font-size:15px;line-height:1.5;color:#45525e;`,
  rule: 'border-top:1px solid #c9d3d9;height:15px;font-size:1px;line-height:15px;',
  footLine: 'margin:0 0 8px;font-size:15px;line-height:1.5;color:#45525e;',
  hidden:
    'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;font-size:1px;line-height:1px;color:#edf1f3;',
} as const;

/** What an organiser's Markdown can make. Colours are those of what is around, but for lines. */
export const PROSE: Readonly<Record<string, string>> = {
  p: 'margin:0 0 12px;font-size:18px;line-height:1.5;',
  a: 'color:#0b5c66;text-decoration:underline;word-break:break-word;overflow-wrap:anywhere;',
  h3: 'margin:20px 0 8px;font-size:22px;line-height:1.3;font-weight:700;',
  h4: 'margin:20px 0 6px;font-size:20px;line-height:1.3;font-weight:700;',
  h5: 'margin:16px 0 4px;font-size:18px;line-height:1.35;font-weight:700;',
  h6: 'margin:16px 0 4px;font-size:18px;line-height:1.35;font-weight:700;',
  ul: 'margin:0 0 12px;padding:0 0 0 24px;font-size:18px;line-height:1.5;',
  ol: 'margin:0 0 12px;padding:0 0 0 28px;font-size:18px;line-height:1.5;',
  li: 'margin:0 0 4px;',
  blockquote: 'margin:0 0 12px;padding:2px 0 2px 16px;border-left:3px solid #c9d3d9;',
  pre: 'margin:0 0 12px;font-size:15px;line-height:1.5;white-space:pre-wrap;word-break:break-word;',
  code: 'font-family:Consolas,Menlo,monospace;font-size:0.9em;',
  hr: 'margin:16px 0;border:0;border-top:1px solid #c9d3d9;',
  table: 'margin:0 0 12px;border-collapse:collapse;font-size:16px;line-height:1.45;',
  th: 'padding:6px 10px;border:1px solid #c9d3d9;vertical-align:top;font-weight:700;',
  td: 'padding:6px 10px;border:1px solid #c9d3d9;vertical-align:top;',
};

/** Narrow screens and dark inboxes. `data-ogsc` and `data-ogsb` are what Outlook on the web rewrites colours with. */
export const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){
.outer{padding:0!important}
.sheet{border-radius:0!important}
.pad{padding-left:20px!important;padding-right:20px!important}
.news{font-size:26px!important}
.label,.value{display:block!important;width:auto!important;padding-left:0!important;padding-right:0!important}
.label{padding-bottom:0!important}
.value{padding-top:0!important}
.press{display:block!important;padding:14px 12px!important}
.full{width:100%!important}
.beside{display:block!important;width:auto!important;padding-right:0!important}
.tile{width:auto!important;margin-bottom:12px!important}
.tiled{padding:4px 12px!important}
.fold{display:none!important}
.day{font-size:20px!important;line-height:28px!important}
.code{font-size:13px!important}
}
@media (prefers-color-scheme:dark){
.page{background-color:#0a0f13!important}
.sheet{background-color:#10171d!important}
.ink,.ink p,.ink h1,.ink h2,.ink h3{color:#e8eef2!important}
.soft,.ink .soft{color:#b6c2cb!important}
.card,.rule,.rim,.ink hr{border-color:#34434e!important}
.aside{border-color:#f0b65a!important}
.good{border-top-color:#7fd6df!important}
.waiting{border-top-color:#b9a2ee!important}
.moved{border-top-color:#f0b65a!important}
.off{border-top-color:#f09090!important}
.quiet{border-top-color:#8b98a3!important}
.tile,.code{background-color:#17323a!important;color:#e8eef2!important}
.accent{color:#7fd6df!important}
.button,.press{background-color:#7fd6df!important}
.press{color:#10171d!important}
}
`;

/** By itself: an inbox that cannot read these selectors drops the block they are in. */
export const OUTLOOK_SHEET = `
[data-ogsb] .page{background-color:#0a0f13!important}
[data-ogsb] .sheet{background-color:#10171d!important}
[data-ogsc] .ink,[data-ogsc] .ink p,[data-ogsc] .ink h1,[data-ogsc] .ink h2,[data-ogsc] .ink h3{color:#e8eef2!important}
[data-ogsc] .soft,[data-ogsc] .ink .soft{color:#b6c2cb!important}
[data-ogsb] .tile,[data-ogsb] .code{background-color:#17323a!important}
[data-ogsc] .accent{color:#7fd6df!important}
[data-ogsb] .button,[data-ogsb] .press{background-color:#7fd6df!important}
[data-ogsc] .press{color:#10171d!important}
`;
