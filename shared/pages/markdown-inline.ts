import { asWritten, type Html, html, type Part } from './html.ts';

/** A `*` that may open or close emphasis, waiting for its partner; plain text if none comes. */
interface Mark {
  readonly mark: string;
}
type Piece = Part | Mark;

const EMPHASIS: Record<string, (inner: Part) => Html> = {
  '**': (inner) => html`<strong>${inner}</strong>`,
  __: (inner) => html`<strong>${inner}</strong>`,
  '*': (inner) => html`<em>${inner}</em>`,
  _: (inner) => html`<em>${inner}</em>`,
  '~~': (inner) => html`<s>${inner}</s>`,
};
const DEEPEST = 12;

/** In the order they are tried at each place; all sticky, none backtracks over more than its own match. */
const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const CODE = /(`+)([^`]+)\1(?!`)/y;
const LINK = /!?\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000}(?:\([^()\s]{0,200}\))?[^()\s]{0,200})(?: "[^"\n]{0,200}")?\)/y;
const ADDRESS = /<?((?:https:\/\/|mailto:)[^\s<>"]{1,2000})>?/y;
const BREAK = /(?: {2,}|\\)\n */y;
const MARKS = /\*\*|__|~~|\*|_/y;
const PLAIN = /[^\\`![<hm *_~\n]+/y;

/** A run of text with emphasis, code and links. What is no Markdown stays as it was typed. */
export function renderInline(text: string): Html {
  const pieces: Piece[] = [];
  const open: number[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    const start = at;
    const found = match(PLAIN) ?? match(BREAK);
    if (found) {
      pieces.push(found[0].includes('\n') ? asWritten('<br>') : found[0]);
      continue;
    }
    const [escaped, code, link] = [match(ESCAPED), match(CODE), match(LINK)];
    if (escaped) pieces.push(escaped[1]);
    else if (code) pieces.push(html`<code>${code[2]}</code>`);
    else if (link) pieces.push(linkTo(link[2] ?? '', link[1] ?? '') ?? link[0]);
    else if (/[\s(<]|^/.test(text.charAt(start - 1)) && 'hm<'.includes(text.charAt(start))) {
      const address = match(ADDRESS);
      pieces.push(address ? autoLink(address[0], address[1] ?? '') : text.charAt(at++));
    } else {
      const mark = match(MARKS)?.[0];
      if (mark) place(mark, { before: text.charAt(start - 1), after: text.charAt(at) }, pieces, open);
      else pieces.push(text.charAt(at++));
    }
  }
  return html`${pieces.map(asText)}`;
}

const asText = (piece: Piece): Part => (isMark(piece) ? piece.mark : piece);
const isMark = (piece: Piece): piece is Mark => typeof piece === 'object' && 'mark' in piece;

/** Closes the nearest open mark of the same kind, else opens one where a word follows. */
function place(mark: string, { before, after }: { before: string; after: string }, pieces: Piece[], open: number[]) {
  const insideWord = mark.includes('_') && /\w/.test(before) && /\w/.test(after);
  const partner = open.findLastIndex((index) => (pieces[index] as Mark).mark === mark);
  const from = open[partner];
  if (!insideWord && from !== undefined && from < pieces.length - 1 && /\S/.test(before)) {
    const inner = pieces.splice(from).slice(1).map(asText);
    pieces.push(EMPHASIS[mark]?.(inner));
    open.length = partner;
  } else if (!insideWord && /\S/.test(after) && open.length < DEEPEST) {
    open.push(pieces.length);
    pieces.push({ mark });
  } else {
    pieces.push(mark);
  }
}

/** A link out of organiser's text; undefined where it would lead anywhere but to https or to a mailbox. */
function linkTo(address: string, label: Part): Html | undefined {
  if (!/^(https:\/\/[^/\s]|mailto:[^\s@]+@)/i.test(address) || !URL.canParse(address)) return undefined;
  return html`<a href="${address}" rel="nofollow noopener">${label}</a>`;
}

/** An address standing in the text; the stop or bracket that ends its sentence is no part of it. */
function autoLink(typed: string, address: string): Part {
  const bracketed = typed.startsWith('<');
  if (bracketed !== typed.endsWith('>')) return typed;
  const [bare, tail] = bracketed ? [address, ''] : splitTail(address);
  return [linkTo(bare, bare.replace(/^mailto:/i, '')) ?? bare, tail];
}

function splitTail(address: string): [string, string] {
  const bare = address.replace(/[.,;:!?'*_~)\]]+$/, '');
  return [bare, address.slice(bare.length)];
}
