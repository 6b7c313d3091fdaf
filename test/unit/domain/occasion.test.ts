import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CAMPAIGN_KINDS } from '#shared/domain/mail-kinds.ts';
import { occasionOf } from '#shared/domain/occasion.ts';

const event = { startRevision: 3, endRevision: 5 };

test.each([
  ['joining', 's3'],
  ['reminder', 's3'],
  ['survey', 'e5'],
  ['nudge', 'e5'],
  ['announcement', 'm0'],
] as const)('a %s is sent for %s', (kind, occasion) => {
  expect(occasionOf(kind, event)).toBe(occasion);
});

test('another start is another occasion for what counts from it, another end for what counts from that', () => {
  expect(occasionOf('reminder', { ...event, endRevision: 6 })).toBe('s3');
  expect(occasionOf('reminder', { ...event, startRevision: 4 })).toBe('s4');
  expect(occasionOf('survey', { ...event, startRevision: 4 })).toBe('e5');
});

test('an announcement by hand is sent once per key; a timed kind by hand fires its present occasion', () => {
  expect(occasionOf('announcement', event, 'key-1')).toBe(occasionOf('announcement', event, 'key-1'));
  expect(occasionOf('announcement', event, 'key-1')).not.toBe(occasionOf('announcement', event, 'key-2'));
  expect(occasionOf('announcement', event, '')).not.toBe('m0');
  expect(occasionOf('reminder', event, 'key-1')).toBe('s3');
});

test('whatever the key, the occasion fits a message, a tag and a mail key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...CAMPAIGN_KINDS), (key, kind) => {
      expect(occasionOf(kind, event, key)).toMatch(/^[\w-]{1,40}$/);
    }),
  );
});
