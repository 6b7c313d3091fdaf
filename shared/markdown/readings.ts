import { BoundedTokenizer } from './bounded-tokenizer.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { SafeRenderer } from './safe-renderer.ts';

/** No text that is rendered may be longer: those of a template have 20,000 characters of two units each at most. */
const LONGEST_RENDERED = 40_000;
/** So often an address may have been put into another, each time in percent-encoding. */
const LAYERS = 4;

/**
 * What an organiser's text comes to for who reads it: as typed; with its placeholders gone and their sections shown, or
 * hidden; and of each, what Markdown makes of it: the addresses its links open, and its words with the marks gone. All of
 * it decoded, as a browser would. A token has two full stops, so what has none need not be rendered.
 */
export function* readingsOf(text: string): Generator<string> {
  for (const plain of withoutPlaceholders(text)) {
    const typed = decoded(plain);
    yield typed;
    if (plain.length > LONGEST_RENDERED || typed.split('.', 3).length < 3) continue;
    const html = parseMarkdown(plain, { tokenizer: new BoundedTokenizer(), renderer: new SafeRenderer() })?.html ?? '';
    for (const [, address = ''] of html.matchAll(/ href="([^"]*)"/g)) yield asOpened(address);
    yield decoded(html.replace(/<[^>]*>/g, ''));
  }
}

function withoutPlaceholders(text: string): string[] {
  if (!text.includes('{{')) return [text];
  return [...new Set([filled(text), filled(text, '#'), filled(text, '^')])];
}

/** The text without its placeholders, and without what stands in sections of this sign. In one pass, whatever it holds. */
function filled(text: string, hidden?: '#' | '^'): string {
  let [kept, from, until] = ['', 0, ''];
  for (const { 0: whole, 1: inside = '', index } of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const [sign, name] = [inside.trim().charAt(0), inside.replace(/[#^/\s]/g, '')];
    if (until === '') kept += text.slice(from, index);
    if (until === '' && sign === hidden) until = name;
    else if (sign === '/' && name === until) until = '';
    from = index + whole.length;
  }
  return until === '' ? kept + text.slice(from) : kept;
}

/** A browser passes over these in an address (WHATWG URL, "basic URL parser"). */
const asOpened = (address: string): string => decoded(address).replace(/[\t\n\r]/g, '');

function decoded(text: string): string {
  let plain = text;
  for (let layer = 0; layer < LAYERS; layer++) {
    const next = named(plain).replace(/%([0-7][0-9a-f])/gi, (_, code: string) => character(Number.parseInt(code, 16)));
    if (next === plain) break;
    plain = next;
  }
  return plain.replace(UNSEEN, '').replace(MARKS, '');
}

/** What nobody sees, and what texts may hold all the same: see `hasHidden`. */
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]|\u200c|\u200d|[\ufe00-\ufe0f]/g;
/** Marks that no token holds: where Markdown is shown as typed, a reader leaves them out. */
const MARKS = /[*~`\\]/g;

/** Names of characters in markup that could stand in an address (HTML, "Named character references"). */
const NAMES: Readonly<Record<string, string>> = {
  amp: '&',
  colon: ':',
  commat: '@',
  dash: '-',
  hyphen: '-',
  lowbar: '_',
  NewLine: '\n',
  num: '#',
  percnt: '%',
  period: '.',
  sol: '/',
  Tab: '\t',
  UnderBar: '_',
};

const named = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,8}));?/gi, (whole, hex?: string, number?: string, name = '') => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    if (number !== undefined) return character(Number(number));
    return NAMES[name] ?? whole;
  });

const character = (code: number): string => (code < 0x80 ? String.fromCharCode(code) : ' ');
