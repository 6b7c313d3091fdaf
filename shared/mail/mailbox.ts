import { canonicalAddress } from '#shared/domain/address.ts';
import { oneLine } from './subject.ts';

/** Who a mail is from: what people read, and the address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** The one bare address that the text is. Throws when it is none, or more than that. */
export function bareAddress(text: string): string {
  const canonical = canonicalAddress(text);
  if (canonical === undefined) throw new Error('Not an address that mail can go to or come from');
  return canonical;
}

/**
 * "Name <address>" or an address, taken apart. The name is all that stands before the address, commas and quotes included,
 * without the quotes around the whole of it. Throws when there is no address.
 */
export function readMailbox(text: string): Mailbox {
  const [, before = '', inside = text] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [];
  const name = oneLine(before);
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(name)?.[1];
  return { name: quoted?.replace(/\\(.)/g, '$1') ?? name, address: bareAddress(inside) };
}

/** Words of these alone may stand in a header as they are (RFC 5322 §3.2.3, atext). */
const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * A mailbox as a header has it, in ASCII: the name as it is, as a quoted string (RFC 5322 §3.2.4) or, beyond ASCII, in
 * encoded words (RFC 2047), which is what SES asks for; it would take a comma for the end of an address.
 */
export function mailboxHeader({ name, address }: Mailbox): string {
  if (name === '') return address;
  if (!PRINTABLE.test(name)) return `${encodedWords(name)} <${address}>`;
  // What looks like an encoded word would be decoded; inside quotes nothing is.
  const bare = ATOMS.test(name) && !name.includes('=?');
  return `${bare ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** RFC 2047 §2: an encoded word has 75 characters at most, which leaves 45 octets of text, and no character is torn apart. */
const OCTETS = 45;

function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > OCTETS) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join(' ');
}
