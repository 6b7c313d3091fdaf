import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slug } from '#shared/domain/event.ts';
import { slugFrom } from '#shared/domain/slug.ts';

test.each([
  ['Tackling Serious & Organised Crime', 'tackling-serious-organised-crime-2026-02-19'],
  ['Café Zürich: naïve façades', 'cafe-zurich-naive-facades-2026-02-19'],
  ['Straße nach Øresund, Łódź, Ærø, İzmir', 'strasse-nach-oresund-lodz-aero-izmir-2026-02-19'],
  ['  --What?!--  ', 'what-2026-02-19'],
  ['2,000 years', '2-000-years-2026-02-19'],
  ['مؤتمر', 'event-2026-02-19'],
  ['🎓', 'event-2026-02-19'],
])('%s becomes %s', (title, slug) => {
  expect(slugFrom(title, '2026-02-19T09:30')).toBe(slug);
});

test('a long title is cut between words', () => {
  const title = 'Tackling Serious and Organised Crime in the UK: Exploring innovative approaches to a growing problem';
  expect(slugFrom(title, '2026-02-19T09:30')).toBe(
    'tackling-serious-and-organised-crime-in-the-uk-exploring-innovative-2026-02-19',
  );
  expect(slugFrom('a'.repeat(200), '2026-02-19T09:30')).toBe(`${'a'.repeat(70)}-2026-02-19`);
});

test('whatever the title, the slug is one, with room for a number behind it', () => {
  const title = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 100 }));
  fc.assert(
    fc.property(title, (text) => {
      expect(Slug.safeParse(`${slugFrom(text, '2026-02-19T09:30')}-20`).success).toBe(true);
    }),
  );
});
