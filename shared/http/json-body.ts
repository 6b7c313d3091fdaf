import { atBody, atHeader } from './fault.ts';
import { shapeFault } from './json-shape.ts';
import { HttpRefusal } from './problem.ts';
import type { HttpEvent } from './reply.ts';

const MOST_BYTES = 256 * 1024;
const DEEPEST = 16;

/**
 * The JSON body of a request whose headers are lower-case; undefined when there is none. Size, type and shape are
 * checked on the text, so whatever a stranger sends costs no more than reading it once. Throws HttpRefusal.
 */
export function readJsonBody(event: Pick<HttpEvent, 'body' | 'headers' | 'isBase64Encoded'>): unknown {
  const { body, headers, isBase64Encoded } = event;
  if (!body) return undefined;
  if (bytesOf(body, isBase64Encoded) > MOST_BYTES) {
    throw new HttpRefusal('too-large', `The body may have ${MOST_BYTES / 1024} KB at most`, {
      faults: [atBody([], `More than ${MOST_BYTES / 1024} KB`)],
    });
  }
  requireJson(headers['content-type'], headers['content-encoding']);
  const text = isBase64Encoded ? decode(body) : body;
  const fault = shapeFault(text, DEEPEST);
  if (fault) throw new HttpRefusal('invalid-json', fault.detail, { faults: [fault] });
  try {
    return JSON.parse(text);
  } catch {
    throw notJson('The body is not JSON: check quotes, commas and brackets');
  }
}

/** Bytes of the body as it came. No text has fewer than one for each character, so a huge one is not even measured. */
function bytesOf(body: string, isBase64Encoded: boolean): number {
  if (isBase64Encoded) return Math.floor((body.length * 3) / 4);
  return body.length > MOST_BYTES ? body.length : Buffer.byteLength(body);
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json *(?:; *charset="?(?<charset>[\w-]+)"? *)?$/i;

function requireJson(type = '', encoding = 'identity'): void {
  const match = JSON_TYPE.exec(type.trim());
  if (!match || !/^utf-?8$/i.test(match.groups?.charset ?? 'utf-8')) {
    throw unsupported('content-type', 'Send content-type: application/json');
  }
  if (encoding !== 'identity') throw unsupported('content-encoding', 'Send the body as it is, not compressed');
}

const unsupported = (header: string, detail: string) =>
  new HttpRefusal('unsupported-media-type', detail, { faults: [atHeader(header, detail)] });

const notJson = (detail: string) => new HttpRefusal('invalid-json', detail, { faults: [atBody([], detail)] });

function decode(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    throw notJson('The body is not UTF-8');
  }
}
