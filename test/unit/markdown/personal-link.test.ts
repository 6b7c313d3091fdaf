import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signLink } from '#shared/domain/link.ts';
import { personalLinkIn } from '#shared/markdown/personal-link.ts';
import { steep } from '#test/support/steep.ts';

const holder = { eventId: 'zq3v8k2m5n7p9r4t', registrationId: '7h2c9d4f6g8j3k5m', linkSeed: 'seed-of-links' };
const TOKEN = signLink(new Map([['k1', 'a key that signs links, of thirty-two characters']]), 'manage', holder);
const [IDS = '', KEY = '', MAC = ''] = TOKEN.split('.');
const SITE = 'https://events.example.org';

const percent = (text: string) => [...text].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('');
const twice = (text: string) => percent(text).replaceAll('%', '%25');
const decimal = (text: string) => [...text].map((each) => `&#${each.charCodeAt(0)};`).join('');
const hexadecimal = (text: string) => [...text].map((each) => `&#x${each.charCodeAt(0).toString(16)};`).join('');

/** Ways to write one character, or several, so that a browser, or a reader, still gets them. */
const DISGUISES: Record<string, (text: string) => string> = {
  plainly: (text) => text,
  'in percent-encoding': percent,
  'in percent-encoding, twice': twice,
  'as decimal references': decimal,
  'as hexadecimal references': hexadecimal,
  'with a backslash before each full stop': (text) => text.replaceAll('.', '\\.'),
  'with a mark nobody sees': (text) => `${text.slice(0, 1)}\u200d${text.slice(1)}`,
};

describe.each(Object.entries(DISGUISES))('a token written %s', (_, disguise) => {
  test.each([
    ['as it is', (token: string) => `Come in: ${SITE}/j/${token}.`],
    ['behind words', (token: string) => `[the way in](${SITE}/j/${token})`],
    ['in another address', (token: string) => `[here](https://safe.example.com/?url=${percent(SITE)}%2Fj%2F${token})`],
    ['without its host', (token: string) => `/j/${token}`],
  ])('is found %s', (__, around) => {
    expect(personalLinkIn(around(disguise(TOKEN)))).toBe('j');
  });

  test('is found in every part of it alone', () => {
    for (const [ids, key, mac] of [
      [disguise(IDS), KEY, MAC],
      [IDS, disguise(KEY), MAC],
      [IDS, KEY, disguise(MAC)],
    ])
      expect(personalLinkIn(`[in](${SITE}/j/${ids}${disguise('.')}${key}.${mac})`)).toBe('j');
  });
});

test.each([
  ['split by emphasis', `${SITE}/r/${IDS.slice(0, 9)}**${IDS.slice(9)}**.${KEY}.${MAC}`],
  ['begun in emphasis', `**${SITE}/r/${IDS.slice(0, 9)}**${IDS.slice(9)}.${KEY}.${MAC}`],
  ['in code', `\`${SITE}/r/${TOKEN}\``],
  ['split by code', `/r/\`${IDS}\`.${KEY}.${MAC}`],
  ['struck through in part', `/r/~~${IDS}~~.${KEY}.${MAC}`],
  ['split by a link', `/r/${IDS}[.${KEY}.](https://example.org)${MAC}`],
  ['defined below', `[in][here]\n\n[here]: ${SITE}/r/${TOKEN}`],
  ['in angle brackets', `<${SITE}/r/${TOKEN}>`],
  ['with a name before the host', `https://events@evil.example/r/${TOKEN}`],
  ['at a host with a full stop at its end', `https://events.example.org./r/${TOKEN}`],
  ['in capitals', `${SITE.toUpperCase()}/R/${IDS.toUpperCase()}.${KEY.toUpperCase()}.${MAC}`],
  ['at a host of other letters', `https://xn--vnts-9raa.example.org/r/${TOKEN}`],
  ['with a port and dots', `${SITE}:443/x/../r/${TOKEN}`],
  ['with a tab in the address', `[in](${SITE}/r/${IDS}&Tab;.${KEY}.${MAC})`],
  ['split by an empty section', `/r/${IDS}{{#recordingLink}}{{/recordingLink}}.${KEY}.${MAC}`],
  ['split by a section that is hidden', `/r/${IDS}{{#recordingLink}}gone{{/recordingLink}}.${KEY}.${MAC}`],
  ['split by a section that is hidden otherwise', `/r/${IDS}{{^ recordingLink }}gone{{/recordingLink}}.${KEY}.${MAC}`],
  ['in a section', `/r/${IDS}{{#recordingLink}}.${KEY}.{{/recordingLink}}${MAC}`],
  ['split by a placeholder that may be empty', `/r/${IDS}.{{recordingLink}}${KEY}.${MAC}`],
  ['in a table', `a | b\n--|--\nin | ${SITE}/r/${TOKEN}`],
  ['with named references', `[in](${SITE}&sol;r&sol;${IDS}&period;${KEY}&period;${MAC})`],
])('somebody’s own link is found %s', (_, text) => {
  expect(personalLinkIn(text)).toBe('r');
});

test('a link to a page everybody may see is none, and neither is a long text', () => {
  for (const text of [
    `${SITE}/events/reading-the-river-2026-02-19?utm_source=mail&utm_medium=newsletter`,
    'Join: https://zoom.example.com/j/84512345678 or https://meet.example.com/abc-defg-hij. More: https://t.example.net/r/2f9a.',
    `https://example.com/l/meetup-join/19%3ameeting_${'Mz'.repeat(24)}%40thread.v2/0?context=%7b%22Tid%22%3a%22${'0a'.repeat(16)}%22%7d`,
    `https://www.example.com/e/a-talk-tickets-123456789?aff=${'ebdsopporgprofile'.repeat(2)}&keep=1.2.3`,
    `https://example.org/r/${'eyJhbGciOi'.repeat(3)}J9.${'eyJzdWIi'.repeat(5)}.${'dozjgNryP4J3jVmN'.repeat(2)}`,
    `https://meet.example.org/j/84512345678?pwd=${'aB3'.repeat(12)}.1`,
    `https://example.org/r/${'u'.repeat(32)}.k1.${'x'.repeat(27)}`,
    `${'0'.repeat(32)}.${'1'.repeat(20)}.${'x'.repeat(27)}`,
    'Yes. We can. '.repeat(200),
    '{{joinLink}} {{#recordingLink}}Watch it: {{recordingLink}}{{/recordingLink}}'.repeat(20),
  ])
    expect(personalLinkIn(text), text).toBeUndefined();
});

test('whatever stands around a token, and whichever way each of its characters is written, it is found', () => {
  const ways = Object.values(DISGUISES).slice(0, 5);
  const written = fc
    .array(fc.nat(ways.length - 1), { minLength: TOKEN.length, maxLength: TOKEN.length })
    .map((choices) => [...TOKEN].map((each, at) => ways[choices[at] ?? 0]?.(each)).join(''));
  const words = fc.string({ maxLength: 40 }).filter((text) => !/[`<>[\]\\{}()!&%\n]/.test(text));
  fc.assert(
    fc.property(words, written, words, (before, token, after) => {
      expect(personalLinkIn(`${before} [in](${SITE}/s/${token}) ${after}`)).toBe('s');
    }),
  );
});

test('a text of whatever pieces is looked through soon: it costs as much as it is long, as long as a template may come', async () => {
  const pieces = [
    '{{#joinLink}}',
    '{{',
    '%25',
    '&#x',
    '**a',
    '[a](',
    '<a ',
    'ab'.repeat(16),
    '{{ ',
    'a_',
    'so_ ',
    'a@',
  ];
  const inputs = pieces.flatMap((piece) =>
    [40_000, 250_000].map((most) => ({
      what: `${piece}, ${most}`,
      most,
      send: (bytes: number) => personalLinkIn(`1. 2. 3. ${piece.repeat(bytes / piece.length - 9)}`),
    })),
  );
  expect(await steep(inputs)).toEqual([]);
});
