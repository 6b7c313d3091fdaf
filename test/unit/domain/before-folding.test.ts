import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { columnsOf } from '#shared/attendance/columns.ts';
import { readRow } from '#shared/attendance/read-row.ts';
import { canonicalAddress } from '#shared/domain/address.ts';
import { readCertificateCode } from '#shared/domain/certificate.ts';
import { NewEvent } from '#shared/domain/edit-event.ts';
import { EventPatch } from '#shared/domain/event-patch.ts';
import { nameKey } from '#shared/domain/match-attendance.ts';
import { MoveNote } from '#shared/domain/move-event.ts';
import { correctionForm, registrationForm } from '#shared/domain/registration-details.ts';
import { readSearch } from '#shared/domain/search-query.ts';
import { canFold, line, paragraphs, unitsFor } from '#shared/domain/text.ts';
import { isTimeZone } from '#shared/domain/time.ts';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';

/*
 * Folding a text (accents, case, hosts) may cost the square of what it is given. So it is given nothing that is too long,
 * nor runs of marks that no writing has. Each text here is harmless: it is the order of the looks that is tested.
 */

const folded: string[] = [];
beforeEach(() => {
  folded.splice(0);
  const real = String.prototype.normalize;
  vi.spyOn(String.prototype, 'normalize').mockImplementation(function (this: string, form?: string) {
    folded.push(String(this));
    return real.call(this, form as 'NFC');
  });
});
afterEach(() => void vi.restoreAllMocks());

const MARK = '\u0301';
const thirty = `e${MARK.repeat(30)}`;
const thirtyOne = `e${MARK.repeat(31)}`;
const QUESTIONS = [
  { id: 'needs', label: 'Needs', type: 'text' as const, required: false, options: [], segment: false },
];

describe.each([
  ['a line', line('Title', 100), 100],
  ['paragraphs', paragraphs('Text', 2000), 2000],
] as const)('%s', (_, schema, most) => {
  test('that is too long is refused by its length, and never folded', () => {
    const { error } = schema.safeParse('a'.repeat(unitsFor(most) + 1));
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/characters or fewer$/)]);
    expect(folded).toEqual([]);
  });

  test('with more marks on a letter than any writing has is refused, and never folded', () => {
    expect(schema.safeParse(thirtyOne).error?.issues).toHaveLength(1);
    expect(folded).toEqual([]);
    expect(schema.safeParse(thirty).success).toBe(true);
    expect(folded).toEqual([thirty]);
  });
});

/** Every text of an object, by path, of a request that a schema takes. */
const LONG = 'a'.repeat(200_000);
const person = { name: 'Ada Moreau', email: 'ada@example.org' };

test.each([
  ...['name', 'email', 'organisation', 'jobTitle', 'timeZone'].map((field) => [field, { [field]: LONG }] as const),
  ['answers.needs', { answers: { needs: LONG } }] as const,
])('the form: an over-long %s is never folded', (_, other) => {
  for (const form of [registrationForm(QUESTIONS), correctionForm(QUESTIONS)]) {
    expect(form.safeParse({ ...person, ...other }).success).toBe(false);
  }
  expect(folded.filter((text) => text.length > 2000)).toEqual([]);
});

test.each(Object.keys(NewEvent.shape))('an event: an over-long %s is never folded', (field) => {
  for (const value of [
    LONG,
    [LONG],
    { url: LONG, name: LONG, text: LONG, version: LONG, instructions: LONG },
    [{ name: LONG, label: LONG }],
  ]) {
    NewEvent.safeParse({ [field]: value });
    EventPatch.safeParse({ [field]: value });
  }
  expect(folded.filter((text) => text.length > 100_000)).toEqual([]);
});

test('nor is a message, an address, a search, a time zone, or a code', () => {
  MoveNote.safeParse({ message: LONG });
  expect(canonicalAddress(`${LONG}@${LONG}.example`)).toBeUndefined();
  expect(readSearch(() => LONG).query).toEqual({ when: 'upcoming', page: 1 });
  expect(isTimeZone(LONG)).toBe(false);
  expect(readCertificateCode(new Map([['k1', 'key']]), LONG)).toBeUndefined();
  expect(folded).toEqual([]);
});

test('of a file, no cell is folded that is longer than what it may be, and no run of marks', () => {
  expect(columnsOf([LONG, 'Email', thirtyOne, 'Minutes'])).toMatchObject({ emails: [1] });
  expect(nameKey(LONG)).toBe(LONG);
  nameKey(thirtyOne);
  const columns = columnsOf(['Name', 'Email', 'Minutes']);
  if (!columns) throw new Error('No table');
  expect(readRow([LONG, LONG, '5'], columns)).toMatchObject({ name: 'a'.repeat(200), email: undefined });
  expect(readRow(['Ada', '', LONG], columns)).toMatchObject({ fault: expect.stringContaining('is no duration') });
  expect(folded.filter((text) => !canFold(text, 500))).toEqual([]);
});

test('by the site: whatever is posted, searched or asked for, nothing over-long is folded', async () => {
  const site = guestSite();
  await site.publish(anEvent({ slug: 'a-morning', questions: QUESTIONS }));
  folded.splice(0);
  const text = 'a'.repeat(60_000);
  for (const field of ['name', 'email', 'organisation', 'jobTitle', 'timeZone', 'answers.needs', 'unknown', text]) {
    const fields = new URLSearchParams({ ...person, [field]: text }).toString().slice(0, 65_000);
    expect((await site.request(posted('/events/a-morning/register', fields))).status).toBeLessThan(500);
  }
  await site.request(posted('/lost-link', { email: text }));
  for (const path of ['/', '/certificates'])
    await site.request({ path, rawQuery: `q=${text}&code=${text}&topic=${text}` });
  expect(folded.filter((each) => each.length > 2000)).toEqual([]);
});
