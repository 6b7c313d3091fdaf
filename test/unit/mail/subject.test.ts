import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjectOf } from '#shared/mail/subject.ts';

test.each([
  ['a short title stays', 'Safer Streets', 'Safer Streets'],
  [
    'a long one loses its subtitle',
    'Tackling Serious and Organised Crime in the UK: Exploring innovative approaches',
    'Tackling Serious and Organised Crime in the UK',
  ],
  [
    'a subtitle after a dash goes too',
    'Listening first – a workshop on victim care for all of our front-line staff',
    'Listening first',
  ],
  [
    'without one it ends after a word',
    'How the police, the courts and the prisons of five countries learn from each other',
    'How the police, the courts and the prisons of five countries…',
  ],
  ['a title of one endless word is cut', 'x'.repeat(100), `${'x'.repeat(64)}…`],
])('%s', (_, title, shown) => {
  expect(subjectOf('Your place is confirmed', title)).toBe(`Your place is confirmed: ${shown}`);
});

test.each([
  ['a question keeps its mark', 'How was it?', 'How was it? Safer Streets'],
  ['nothing has two colons', 'Join now: it has started', 'Join now: it has started – Safer Streets'],
  ['a time is no reason for a third', 'Tomorrow at 09:30 GMT', 'Tomorrow at 09:30 GMT – Safer Streets'],
])('%s', (_, news, subject) => {
  expect(subjectOf(news, 'Safer Streets')).toBe(subject);
});

test('a subject is one short line, whatever the title', () => {
  const title = fc
    .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    .map((text) => `T\r\nBcc: x${text}`);
  fc.assert(
    fc.property(title, (text) => {
      const subject = subjectOf('Your place is confirmed', text);
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect([...subject].length).toBeLessThan(100);
    }),
  );
});
