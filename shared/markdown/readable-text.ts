import type { Token, Tokens } from 'marked';
import { allowedAddress } from './allowed-address.ts';
import { LINK_STAND_IN, SECTION_STAND_IN, standInFor } from './stand-ins.ts';
import { placeholderAddress } from './template-renderer.ts';

/** Parsed Markdown of a template as text that reads well by itself: nobody should miss the markup. */
export const readableText = (tokens: readonly Token[]): string => blocksOf(tokens).join('\n\n');

const blocksOf = (tokens: readonly Token[]): string[] =>
  tokens.map((token) => block(token as Tokens.Generic)).filter((text) => text !== '');

function block(token: Tokens.Generic): string {
  switch (token.type) {
    case 'heading':
      return inline(token.tokens);
    case 'list':
      return (token as Tokens.List).items
        .map((item, at) => hung(bulletOf(token as Tokens.List, at), itemText(item)))
        .join('\n');
    case 'blockquote':
      return blocksOf(token.tokens ?? [])
        .join('\n\n')
        .replace(/^/gm, '> ')
        .replace(/^> $/gm, '>');
    case 'table':
      return [(token as Tokens.Table).header, ...(token as Tokens.Table).rows]
        .map((row) => row.map(({ tokens }) => inline(tokens)).join(' | '))
        .join('\n');
    case 'code':
      return token['text'];
    case 'hr':
      return '----';
    case 'space':
    case 'def':
      return '';
    default:
      return token.tokens ? inline(token.tokens) : leaf(token);
  }
}

const bulletOf = ({ ordered, start }: Tokens.List, at: number): string =>
  ordered ? `${Number(start || 1) + at}. ` : '- ';

const itemText = ({ tokens }: Tokens.ListItem): string => {
  let text = '';
  for (const token of tokens as Tokens.Generic[]) {
    // A box to tick stands before the words it belongs to.
    const isBeside = text === '' || text.endsWith(' ');
    const piece = block(token);
    if (piece !== '') text += isBeside ? piece : `\n${piece}`;
  }
  return text;
};

/** The second line of an item begins where its first does. */
const hung = (bullet: string, text: string): string => bullet + text.replaceAll('\n', `\n${' '.repeat(bullet.length)}`);

const inline = (tokens: readonly Token[] = []): string =>
  tokens
    .map((token) => phrase(token as Tokens.Generic))
    .join('')
    .replace(AFTER_ADDRESS, '$1')
    .trim();

/** A full stop behind an address is a part of it to some mail programs, and the link would lead nowhere. */
const AFTER_ADDRESS = new RegExp(`((?:https://\\S+?|${LINK_STAND_IN})(?:${SECTION_STAND_IN})*)[.,;:!?](?=\\s|$)`, 'g');

function phrase(token: Tokens.Generic): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'link':
      return linkText(token as Tokens.Link);
    default:
      return token.tokens ? token.tokens.map((each) => phrase(each as Tokens.Generic)).join('') : leaf(token);
  }
}

const leaf = (token: Tokens.Generic): string => {
  if (token.type === 'checkbox') return token['checked'] ? '☑ ' : '☐ ';
  return String(token['text'] ?? '').replace(/\s*\n\s*/g, ' ');
};

/** "label: address", and just the address where it is its own label. A placeholder that is empty leaves the label. */
function linkText({ href, tokens }: Tokens.Link): string {
  const label = inline(tokens);
  const name = placeholderAddress(href);
  if (name !== undefined) {
    const [begin, address, end] = (['#', '', '/'] as const).map((sign) => standInFor({ sign, name }));
    return label === address || label === '' ? href : `${label}${begin}: ${address}${end}`;
  }
  const address = allowedAddress(href)?.replace(/^mailto:/, '');
  if (address === undefined) return label;
  return label === '' || sameAddress(label, address) ? address : `${label}: ${address}`;
}

const sameAddress = (label: string, address: string): boolean =>
  label.replace(/\/$/, '') === address.replace(/\/$/, '');
