import { asWritten, type Html, html, type Part } from './html.ts';
import { renderInline } from './markdown-inline.ts';

const DEEPEST = 6;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const FENCE = /^ {0,3}(```+|~~~+)/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+)(?=\S)/;

/**
 * The Markdown organisers write, as markup: paragraphs, headings, lists, quotes, code, emphasis, https and mailto links.
 * There is no way to write HTML in it: whatever looks like some is text. Headings start at `topHeading`.
 */
export function renderMarkdown(text: string, topHeading: 3 | 4 = 3): Html {
  return html`${blocks(text.replaceAll('\t', '    ').split('\n'), { topHeading, depth: 0 })}`;
}

interface Place {
  readonly topHeading: number;
  readonly depth: number;
}

function blocks(lines: readonly string[], place: Place): Html[] {
  const made: Html[] = [];
  for (let i = 0; i < lines.length; ) {
    const { html: block, next } = blockAt(lines, i, place);
    if (block) made.push(block);
    i = next;
  }
  return made;
}

interface Block {
  readonly html?: Html;
  readonly next: number;
}

function blockAt(lines: readonly string[], at: number, place: Place): Block {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { next: at + 1 };
  const heading = HEADING.exec(line);
  if (heading) return { html: headingOf(heading[1] ?? '', heading[2] ?? '', place), next: at + 1 };
  if (RULE.test(line)) return { html: asWritten('<hr>'), next: at + 1 };
  const fence = FENCE.exec(line)?.[1];
  if (fence) return code(lines, at, fence);
  if (place.depth < DEEPEST && QUOTE.test(line)) return quote(lines, at, place);
  if (place.depth < DEEPEST && ITEM.test(line)) return list(lines, at, place);
  return paragraph(lines, at);
}

function headingOf(marks: string, text: string, { topHeading }: Place): Html {
  const level = Math.min(6, topHeading + marks.length - 1);
  return html`${asWritten(`<h${level}>`)}${renderInline(text)}${asWritten(`</h${level}>`)}`;
}

function code(lines: readonly string[], at: number, fence: string): Block {
  const end = endOf(lines, at, (line) => !line.trimStart().startsWith(fence));
  return { html: html`<pre><code>${lines.slice(at + 1, end).join('\n')}</code></pre>`, next: end + 1 };
}

function quote(lines: readonly string[], at: number, place: Place): Block {
  const next = endOf(lines, at, (line) => QUOTE.test(line));
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ''));
  return { html: html`<blockquote>${blocks(inner, { ...place, depth: place.depth + 1 })}</blockquote>`, next };
}

/** The first line after `at` that does not belong; at least one does. */
function endOf(lines: readonly string[], at: number, belongs: (line: string, following: string) => boolean): number {
  let end = at + 1;
  while (end < lines.length && belongs(lines[end] ?? '', lines[end + 1] ?? '')) end += 1;
  return end;
}

function list(lines: readonly string[], at: number, place: Place): Block {
  const ordered = isNumbered(lines[at]);
  const items: Part[] = [];
  let next = at;
  for (;;) {
    const start = lines[next] === '' && ITEM.test(lines[next + 1] ?? '') ? next + 1 : next;
    const marker = ITEM.exec(lines[start] ?? '');
    if (!marker || isNumbered(lines[start]) !== ordered || RULE.test(lines[start] ?? '')) break;
    const indent = ' '.repeat((marker[1] ?? '').length + 2);
    next = endOf(lines, start, (line, following) => continues(line, following, indent));
    items.push(itemOf(lines.slice(start, next), marker[0].length, place));
  }
  const first = ordered ? Number.parseInt(lines[at]?.trim() ?? '1', 10) : 1;
  const start = first === 1 ? undefined : html` start="${first}"`;
  return { html: ordered ? html`<ol${start}>${items}</ol>` : html`<ul>${items}</ul>`, next };
}

const isNumbered = (line = '') => /^\s*\d/.test(line);

/** Indented under its item, or simply the sentence going on. */
const continues = (line: string, following: string, indent: string): boolean =>
  line.trim() === '' ? isUnder(following, indent) : isUnder(line, indent) || !startsBlock(line);

const isUnder = (line: string, indent: string) => line.startsWith(indent) && line.trim() !== '';

function itemOf(lines: readonly string[], indent: number, place: Place): Html {
  const [first = '', ...rest] = lines;
  const inner = [first.slice(indent), ...rest.map((line) => withoutIndent(line, indent))];
  const made = blocks(inner, { ...place, depth: place.depth + 1 });
  const tight = !inner.includes('') && made.length > 0 && !inner.slice(1).some(startsBlock);
  return tight ? html`<li>${renderInline(inner.join('\n'))}</li>` : html`<li>${made}</li>`;
}

const withoutIndent = (line: string, most: number): string =>
  line.slice(Math.min(most, line.length - line.trimStart().length));

const startsBlock = (line: string): boolean =>
  [HEADING, RULE, FENCE, QUOTE, ITEM].some((pattern) => pattern.test(line));

function paragraph(lines: readonly string[], at: number): Block {
  const next = endOf(lines, at, (line) => line.trim() !== '' && !startsBlock(line));
  const text = lines.slice(at, next).map((line) => line.trimStart());
  return { html: html`<p>${renderInline(text.join('\n').trimEnd())}</p>`, next };
}
