import { atBody } from './fault.ts';
import { HttpRefusal, InvalidInput } from './problem.ts';
import type { HttpEvent } from './reply.ts';

const MOST_BYTES = 64 * 1024;
const MOST_FIELDS = 500;
const FORM = /^application\/x-www-form-urlencoded *(?:; *charset="?utf-8"? *)?$/i;

/** What a form sent: each field with its values, in the order they came. */
export type Form = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a posted form. Throws HttpRefusal where it is no form (415), too large (413), or not UTF-8 in percent-encoding
 * (400): nothing is guessed at or silently replaced.
 */
export function readForm(event: Pick<HttpEvent, 'body' | 'headers' | 'isBase64Encoded'>): Form {
  const bytes = bodyOf(event);
  if (!FORM.test(event.headers['content-type']?.trim() ?? '')) {
    throw new HttpRefusal('unsupported-media-type', 'Please send the form from its own page.');
  }
  const form = new Map<string, string[]>();
  const pairs = textOf(bytes)
    .split('&', MOST_FIELDS + 1)
    .filter(Boolean);
  if (pairs.length > MOST_FIELDS) throw tooLarge('The form has more fields than any of ours.');
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const field = decode(name);
    form.set(field, [...(form.get(field) ?? []), decode(value)]);
  }
  return form;
}

/** Whether the body is the one-click request of RFC 8058 §3.1, in either form that a mail program may send it. */
export function isOneClick(event: Pick<HttpEvent, 'body' | 'headers' | 'isBase64Encoded'>): boolean {
  const text = bodyOf(event).toString('latin1');
  const type = event.headers['content-type'] ?? '';
  if (FORM.test(type.trim())) return text.split('&').includes('List-Unsubscribe=One-Click');
  return (
    /^multipart\/form-data\b/i.test(type) &&
    /name="List-Unsubscribe"[^\n]*\r?\n(?:[^\r\n]+\r?\n){0,5}\r?\nOne-Click\s*\r?\n?--/i.test(text)
  );
}

function bodyOf({ body = '', isBase64Encoded }: Pick<HttpEvent, 'body' | 'isBase64Encoded'>): Buffer {
  const most = isBase64Encoded ? Math.ceil(MOST_BYTES / 3) * 4 : MOST_BYTES;
  const bytes = body.length > most ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (!bytes || bytes.length > MOST_BYTES) throw tooLarge(`The form may have ${MOST_BYTES / 1024} KB at most.`);
  return bytes;
}

const tooLarge = (detail: string) => new HttpRefusal('too-large', detail);
const broken = () => new InvalidInput([atBody([], 'The form did not arrive as it was sent. Please send it again.')]);

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken();
  }
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    throw broken();
  }
}
