import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cloneOf } from '#shared/domain/clone-event.ts';
import { patched } from '#shared/domain/event-patch.ts';
import { HttpsUrl } from '#shared/domain/https-url.ts';
import { anEvent, aText } from '#test/support/builders.ts';

const { schemas } = JSON.parse(readFileSync('docs/api/openapi.json', 'utf8')).components;

interface Published {
  readonly type: string;
  readonly maxLength: number;
  readonly pattern: string;
  readonly format: string;
}

/** Wherever a request may hold a web address, by the document. */
function published(schema: unknown): Published[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const here = (schema as Published).format === 'uri' ? [schema as Published] : [];
  return [...here, ...Object.values(schema).flatMap(published)];
}
const inRequests = ['NewEvent', 'EventPatch'].map((name) => published(schemas[name]));

/** By the document alone: what any client that reads it would think. RFC 3986 has no character beyond these. */
const documentTakes = (url: string): boolean => {
  const [{ maxLength, pattern }] = inRequests[0] as [Published];
  const isUri = /^[a-z][a-z0-9+.-]*:[\w.~:/?#[\]@!$&'()*+,;=%-]*$/i.test(url);
  return isUri && [...url].length <= maxLength && new RegExp(pattern, 'u').test(url);
};
const validatorTakes = (url: string): boolean => HttpsUrl.safeParse(url).success;

test('the document has the rule wherever an organiser types a web address, and one rule', () => {
  expect(inRequests.map((found) => found.length)).toEqual([2, 2]);
  const rules = inRequests.flat().map(({ type, maxLength, pattern }) => ({ type, maxLength, pattern }));
  expect(new Set(rules.map((rule) => JSON.stringify(rule))).size).toBe(1);
  expect(rules[0]).toMatchObject({ type: 'string', maxLength: 2000, pattern: expect.stringMatching(/^\^https:/) });
});

const part = fc.constantFrom(
  ...[
    'a',
    'meet',
    'EXAMPLE',
    '127',
    '0x7f',
    '1',
    'ab--cd',
    'xn--a',
    'xn--mnchen-3ya',
    '-a',
    'a-',
    'ä',
    'localhost',
    '例え',
    'a_b',
    'a'.repeat(63),
    '',
  ],
);
const host = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
  fc.ipV4(),
  fc.ipV6().map((ip) => `[${ip}]`),
  fc.domain(),
  fc.constantFrom('localhost', 'LOCALHOST', 'a.localhost', 'localhost.', '2130706433', 'example.org.', '%65xample.org'),
);
const rest = fc.array(
  fc.constantFrom(
    ...['/a', '?q=1', '#top', 'ä', '%41', '%4', '%zz', '[1]', ' ', '"', '\\', '|', '//', '@', ':', "'", '?', '\n'],
  ),
  { maxLength: 5 },
);
const typed = fc
  .tuple(
    fc.constantFrom(
      'https://',
      'https://',
      'https://',
      'HTTPS://',
      'http://',
      'https:',
      'https:/',
      '//',
      ' https://',
      'ftp://',
    ),
    fc.constantFrom('', '', '', 'user@', 'user:word@'),
    host,
    fc.constantFrom('', '', '', ':443', ':0', ':65535', ':65536', ':', ':080', ':a'),
    rest,
  )
  .map((parts) => parts.flat().join(''));

describe('document and validator', () => {
  test('agree about whatever is typed', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(typed, fc.webUrl(), fc.string({ unit: 'binary' })), (url) => {
        const takes = validatorTakes(url);
        taken += takes ? 1 : 0;
        expect(takes, url).toBe(documentTakes(url));
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  test('agree about length', () => {
    const ofLength = (length: number) => 'https://meet.example.org/'.padEnd(length, 'a');
    for (const length of [1999, 2000, 2001]) {
      expect(validatorTakes(ofLength(length))).toBe(length <= 2000);
      expect(documentTakes(ofLength(length))).toBe(length <= 2000);
    }
  });
});

test.each([
  'https://localhost/room',
  'https://a.localhost',
  'https://127.0.0.1/room',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://[::1]/room',
  'https://meet',
  'https://user@meet.example.org',
  'https://meet.example.org./',
  'https://meet.example.org:65536/',
  'http://meet.example.org/',
])('%s is refused, with what to write', (url) => {
  expect(HttpsUrl.safeParse(url).error?.issues).toEqual([
    expect.objectContaining({ message: expect.stringContaining('starts with https:// and names a host') }),
  ]);
});

test.each([
  ['https://meet.example.org/Räume/1', 'https://meet.example.org/R%C3%A4ume/1'],
  ['https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
  ['https://meet.example.org/?list[]=1', 'https://meet.example.org/?list%5B%5D=1'],
])('%s is refused with the spelling that is taken', (url, spelt) => {
  expect(HttpsUrl.safeParse(url).error?.issues).toEqual([
    expect.objectContaining({ message: `Write it in ASCII: ${spelt}` }),
  ]);
  expect(validatorTakes(spelt)).toBe(true);
});

test.each([
  ['https://meet.example.org/Räume', 'https://meet.example.org/R%C3%A4ume'],
  ['https://127.0.0.1/room', undefined],
])('an event saved with %s by an earlier version can be edited and copied', (url, copied) => {
  const joining = { url, opensBefore: 'PT15M', instructions: 'Knock' };
  const event = anEvent({ joining });
  expect(patched(event, { title: 'Another title' })).toMatchObject({ title: 'Another title', joining });
  expect(patched(event, { joining: { instructions: null } }).joining).toEqual({ url, opensBefore: 'PT15M' });
  const times = { startsAt: '2027-03-18T09:30', endsAt: '2027-03-18T13:00' };
  expect(cloneOf(event, aText(), times).joining).toEqual({
    opensBefore: 'PT15M',
    instructions: 'Knock',
    ...(copied !== undefined && { url: copied }),
  });
});
