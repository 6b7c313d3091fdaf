import { expect, test } from 'vitest';
import type * as z from 'zod';
import { EventDetails, Slug } from '#shared/domain/event.ts';

const passes = (schema: z.ZodType, given: unknown) => schema.safeParse(given).success;

test.each(['abc', 'tackling-serious-crime-2027-02-18', '2027', 'a'.repeat(100)])('%s is a slug', (slug) => {
  expect(Slug.parse(slug)).toBe(slug);
});

test.each([
  'ab',
  'a'.repeat(101),
  'Crime',
  'serious crime',
  'serious_crime',
  'serious--crime',
  '-crime',
  'crime-',
  'crime/..',
  'crime.ics',
  'café-talk',
  'crime\n',
  '',
  7,
])('%j is no slug', (slug) => {
  expect(passes(Slug, slug)).toBe(false);
});

test.each([
  'https://example.org',
  'https://meet.example.org/j/123?pwd=a%20b&x=1#success',
  'https://xn--mnchen-3ya.example/webinar',
])('%s may be a joining address', (url) => {
  expect(EventDetails.shape.recordingUrl.parse(url)).toBe(url);
});

test.each([
  'http://example.org',
  'https:example.org',
  'https:/example.org',
  'https://',
  'javascript:alert(1)',
  'data:text/html,hello',
  'example.org',
  'https://exa\nmple.org',
  'https://example.org/\r\nBcc: bob',
  'https://example.org/\tx',
  'https://example.org/a b',
  'https://example.org/\u202etxt',
  'https://example.org/\u200b',
  'https://ada:secret@example.org',
  'https://example.org/"><script>alert(1)</script>',
  `https://example.org/${'a'.repeat(2000)}`,
  7,
])('%j may be none', (url) => {
  expect(passes(EventDetails.shape.recordingUrl, url)).toBe(false);
  expect(passes(EventDetails.shape.joining, { url })).toBe(false);
});

test('the gate opens a quarter of an hour before unless somebody says otherwise, in minutes or hours', () => {
  const { joining } = EventDetails.shape;
  expect(joining.parse({})).toEqual({ opensBefore: 'PT15M' });
  expect(joining.parse({ opensBefore: 'PT2H' })).toEqual({ opensBefore: 'PT2H' });
  for (const opensBefore of ['15', 'P1D', 'PT-5M', 'PT1.5H', 'PT15M '])
    expect(passes(joining, { opensBefore })).toBe(false);
});

test('a survey closes after two weeks unless somebody says otherwise, in days', () => {
  const { survey } = EventDetails.shape;
  expect(survey.parse({})).toMatchObject({ anonymous: false, closesAfter: 'P14D' });
  for (const closesAfter of ['PT2H', '14', 'P0D', 'P00D', 'P1000D', 'P2W'])
    expect(passes(survey, { closesAfter })).toBe(false);
});

test('attendance is taken from the joins or from so many minutes by the provider', () => {
  const { attendedFrom } = EventDetails.shape;
  expect(attendedFrom.parse('joined')).toBe('joined');
  expect(attendedFrom.parse('provider-minutes:30')).toBe('provider-minutes:30');
  for (const given of ['provider-minutes', 'provider-minutes:x', 'opened'])
    expect(passes(attendedFrom, given)).toBe(false);
});
