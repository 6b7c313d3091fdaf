import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certificateCode, certificateStanding, readCertificateCode } from '#shared/domain/certificate.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance, newId } from '#shared/domain/ids.ts';
import type { LinkKeys } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { epochOf, instantAt } from '#shared/domain/time.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const KEYS: LinkKeys = new Map([['k1', 'the first key of sixty-four characters']]);
const ROTATED: LinkKeys = new Map([...KEYS, ['k2', 'the second key']]);
const ada = { eventId: newId(chance), registrationId: newId(chance) };
const CODE = certificateCode(KEYS, ada);

describe('a code', () => {
  test('is eleven groups of four that name a certificate, and fits a path as it is', () => {
    expect(CODE).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){10}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(encodeURIComponent(CODE)).toBe(CODE);
    expect(readCertificateCode(KEYS, CODE)).toEqual(ada);
  });

  test('is read as people type it', () => {
    const zeroes = { eventId: '0'.repeat(16), registrationId: '1'.repeat(16) };
    const code = certificateCode(KEYS, zeroes);
    for (const typed of [
      code.toLowerCase(),
      code.replaceAll('-', ''),
      code.replaceAll('-', ' '),
      code.replaceAll('-', '–'),
      ` ${code}\n`,
      code.replaceAll('0', 'O').replaceAll('1', 'I'),
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
      code.replaceAll('-', '').replace(/(.{3})/g, '$1 '),
    ])
      expect(readCertificateCode(KEYS, typed), typed).toEqual(zeroes);
  });

  test('with one character changed, anywhere, is none', () => {
    const word = CODE.replaceAll('-', '');
    fc.assert(
      fc.property(
        fc.nat(word.length - 1),
        fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTUVWXYZ*é'),
        (at, character) => {
          fc.pre(word[at] !== character);
          expect(readCertificateCode(KEYS, word.slice(0, at) + character + word.slice(at + 1))).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  test('cut short, or with more behind it, is none', () => {
    for (let length = 0; length < CODE.length; length++)
      expect(readCertificateCode(KEYS, CODE.slice(0, length).replace(/-$/, '')), CODE.slice(0, length)).toBeUndefined();
    expect(readCertificateCode(KEYS, `${CODE}0`)).toBeUndefined();
    expect(readCertificateCode(KEYS, CODE + CODE)).toBeUndefined();
  });

  test('for one person at one event is no other’s', () => {
    const codes = [ada, { ...ada, registrationId: newId(chance) }, { ...ada, eventId: newId(chance) }];
    expect(new Set(codes.map((holder) => certificateCode(KEYS, holder).slice(-14))).size).toBe(3);
  });

  test('made by a key that no longer signs still names its certificate; a retired or foreign key names none', () => {
    const fresh = certificateCode(ROTATED, ada);
    expect(fresh).not.toBe(CODE);
    expect([readCertificateCode(ROTATED, CODE), readCertificateCode(ROTATED, fresh)]).toEqual([ada, ada]);
    expect(readCertificateCode(new Map([['k2', 'the second key']]), CODE)).toBeUndefined();
    expect(readCertificateCode(new Map([['k1', 'a forger’s key']]), CODE)).toBeUndefined();
    expect(readCertificateCode(new Map(), CODE)).toBeUndefined();
  });

  test('is not made without a key', () => {
    expect(() => certificateCode(new Map(), ada)).toThrow('no key');
  });

  test('whatever is typed, reading it is safe', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        (typed) => readCertificateCode(KEYS, typed) === undefined,
      ),
    );
  });
});

const event = anEvent({ format: 'online', joining: { url: 'https://meet.example.org/1', opensBefore: 'PT15M' } });
const END = epochOf(event.endInstant);
const FINAL = END + 24 * 3600;
const came = aRegistration({ joinedAt: END - 60 });

test.each<[string, Partial<Event>, Partial<Registration>, object]>([
  ['came', {}, {}, { holds: true }],
  ['came, as the report says', {}, { joinedAt: undefined, minutes: 40 }, { holds: true }],
  ['was there long enough', { attendedFrom: 'provider-minutes:30' }, { minutes: 30 }, { holds: true }],
  ['stayed away', {}, { joinedAt: undefined }, { holds: false, because: 'not-recorded' }],
  ['left early', { attendedFrom: 'provider-minutes:30' }, { minutes: 29 }, { holds: false, because: 'not-recorded' }],
  ['gave up their place', {}, { status: 'cancelled' }, { holds: false, because: 'no-place' }],
  ['only waited', {}, { status: 'waitlisted' }, { holds: false, because: 'no-place' }],
  ['was never let decide', {}, { status: 'applied' }, { holds: false, because: 'no-place' }],
  ['is erased', {}, { erased: true }, { holds: false, because: 'forgotten' }],
  ['is being purged', { purgingAt: instantAt(FINAL) }, {}, { holds: false, because: 'forgotten' }],
  ['had an event cancelled on them', { state: 'cancelled' }, {}, { holds: false, because: 'called-off' }],
  ['waits for a new date', { state: 'postponed' }, {}, { holds: false, because: 'too-early' }],
])('once it is final, who %s: %j %j has %j', (_, given, row, standing) => {
  expect(certificateStanding({ ...event, ...given }, { ...came, ...row }, FINAL)).toEqual(standing);
});

test('nobody has one before it is final who came, and everybody learns when that is', () => {
  expect(certificateStanding(event, came, FINAL - 1)).toEqual({ holds: false, because: 'too-early', from: FINAL });
  const said = { ...event, attendanceFinalAt: instantAt(END + 60) };
  expect(certificateStanding(said, came, END + 59)).toEqual({ holds: false, because: 'too-early', from: END + 60 });
  expect(certificateStanding(said, came, END + 60)).toEqual({ holds: true });
});
