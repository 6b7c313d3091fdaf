import type { Unreadable } from './unreadable.ts';

/** How files begin that are no text, and what to do about them. */
const NO_TEXT: readonly (readonly [begins: string, sentence: string])[] = [
  ['PK\u0003\u0004', 'This is an Excel workbook or another ZIP file: save it as CSV (UTF-8) and send that'],
  ['\u00d0\u00cf\u0011\u00e0', 'This is an old Excel workbook: save it as CSV (UTF-8) and send that'],
  ['%PDF', 'This is a PDF: download the report as CSV instead'],
  ['\u001f\u008b', 'This file is compressed: unpack it and send the CSV in it'],
];
const MARKUP = /^\s*<(!doctype|html|\?xml)/i;
const SAMPLE = 4096;

/**
 * The text of a file, whatever its encoding: UTF-8, UTF-16 of either order, with a byte order mark or without, else
 * Windows-1252, in which every byte means something.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | Unreadable {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const known = NO_TEXT.find(([begins]) => head.startsWith(begins));
  if (known) return { unreadable: known[1] };
  const text = decoded(bytes);
  if (MARKUP.test(text.slice(0, 200))) return { unreadable: 'This is a web page: download the report as CSV instead' };
  if (text.includes('\u0000')) return { unreadable: 'This is not a text file' };
  return text.trim() === '' ? { unreadable: 'The file is empty' } : { text };
}

function decoded(bytes: Uint8Array): string {
  // A decoder takes the byte order mark of its own encoding off.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const order = orderOf(bytes.subarray(0, SAMPLE));
  if (order) return new TextDecoder(order).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** In UTF-16 the upper half of nearly every letter of a report is zero. */
function orderOf(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros: [even: number, odd: number] = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2 === 0 ? 0 : 1]++;
  const many = sample.length / 8;
  if (zeros[1] > many && zeros[0] === 0) return 'utf-16le';
  return zeros[0] > many && zeros[1] === 0 ? 'utf-16be' : undefined;
}
