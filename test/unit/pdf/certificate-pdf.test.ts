import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { PersonName } from '#shared/domain/person-name.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { certificatePdf } from '#shared/pdf/certificate-pdf.ts';
import { anEvent } from '#test/support/builders.ts';
import { FACES } from '#test/support/guest-site.ts';
import { readPdf } from '#test/support/read-pdf.ts';

const CODE = '4T7K-0Q2M-9XZA-31FD-77RW-0C4H-K2ME-V8YB-6N5J-SPGQ-TD0A';
const ADDRESS = `https://events.example.org/certificates/${CODE}`;

const made = (event: Partial<Event> = {}, registration: Partial<Registration> = {}) =>
  certificatePdf(FACES, {
    site: { name: 'Rollcall' },
    event: anEvent(event),
    registration: { name: 'Ada Lovelace', ...registration },
    code: CODE,
    address: ADDRESS,
  });
const read = async (...given: Parameters<typeof made>) => readPdf(await made(...given));
/** What it says, its lines joined as a reader joins them. */
const said = async (...given: Parameters<typeof made>) => (await read(...given)).text.replaceAll('\n', ' ');

test('a certificate says who attended what, when, for how long, by whom it was held, and how to check it', async () => {
  const { pages, text, links } = await read({}, { minutes: 187 });
  expect(pages).toBe(1);
  expect(text.split('\n')).toEqual([
    'Rollcall',
    'Certificate of attendance',
    'This certifies that',
    'Ada Lovelace',
    'attended',
    'Tackling Serious and Organised Crime in the UK',
    'Thursday 18 February 2027, 09:30–13:00 GMT',
    'Attended for 187 minutes',
    'Organised by Global Progressive Policing',
    'Verification code',
    CODE,
    'Anybody can see at this address whether this certificate is genuine:',
    ADDRESS,
  ]);
  expect(links).toEqual([ADDRESS]);
});

test('minutes that nobody counted are not told', async () => {
  expect(await said()).not.toContain('Attended for');
});

test('it tells screen readers its title, its language, what is a heading and what a link', async () => {
  const { info, language, tags } = await read();
  expect(info).toMatchObject({
    Title: 'Certificate of attendance: Tackling Serious and Organised Crime in the UK',
    Author: 'Global Progressive Policing',
    Subject: 'Ada Lovelace',
  });
  expect(language).toBe('en-GB');
  expect(tags.filter((tag) => tag !== 'P')).toEqual(['Root', 'Document', 'H1', 'Link']);
});

test('the same certificate is the same file, whenever it is made', async () => {
  const event = anEvent();
  const again = await Promise.all([made(event), made(event)]);
  expect(Buffer.from(again[0]).equals(again[1])).toBe(true);
  expect((await read(event)).info['CreationDate']).toBe('D:20270219130000Z');
});

const speaker = { name: 'Professor John Coxhead', organisation: 'De Montfort University Business School' };

test.each([
  ['with whom they speak for where there is room', 1, 'With Professor John Coxhead, De Montfort University'],
  ['by their names where there is less', 4, 'With Professor John Coxhead, Professor John Coxhead'],
  ['not at all where there is none', 30, undefined],
])('speakers are named %s', async (_, count, words) => {
  const text = await said({ speakers: Array.from({ length: count }, () => speaker) });
  if (words === undefined) expect(text).not.toContain('Coxhead');
  else expect(text).toContain(words);
});

test('the longest title and name are there to the last letter', async () => {
  const title = 'Sharing Information Across Agencies and Borders '.repeat(4).slice(0, 199).concat('.');
  const name = 'Maria Josefina Concepción von Hohenberg-Szczepańska '.repeat(2).slice(0, 100).trim();
  const text = await said({ title }, { name });
  expect(text).toContain(title);
  expect(text).toContain(name);
});

describe('a name in its own letters', () => {
  test.each([
    'Þórdís Żółć',
    'Ελένη Крстић',
    'Արամ Խաչատրյան',
    'שלמה (בן) דוד',
    'محمد بن سلمان',
    'รัตนาภรณ์',
    'ジョン・山田 太郎',
    '김연아',
    '陳𠮷',
  ])('%s', async (name) => {
    const { text } = await read({}, { name });
    const words = (line = '') => line.replace(/[()]/g, '').split(' ').sort();
    expect(words(text.split('\n')[3])).toEqual(words(name));
  });

  test.each(['नरेन्द्र मोदी', 'علی‌رضا بیرانوند', 'שָׁלוֹם', '葛\u{e0100}城', 'Ọláwálé Ẹ̀ṣọ́'])(
    '%s, whose signs join',
    async (name) => {
      const { text, info } = await read({}, { name });
      expect(text).not.toContain('at the address below');
      expect(info['Subject']).toBe(name);
    },
  );
});

test('a name or a title in letters that no font has is told at the address, and nothing is a box', async () => {
  const text = await said({ title: 'ᎠᏂᏴᏫᏯ' }, { name: 'ᏍᏏᏉᏯ' });
  expect(text).toContain('This certifies that the person named at the address below attended');
  expect(text).toContain('attended the event described at the address below');
});

test('signs that no font has are left out; fancy letters are read as plain ones', async () => {
  expect(await said({ title: '🎉 𝗦𝘂𝗺𝗺𝗲𝗿 👨‍👩‍👧 school → 1️⃣ ☃' })).toContain(' attended Summer school → 1 ☃ ');
});

test('Chinese characters have the forms of where their reader is, unless the name tells', async () => {
  const fontsIn = async (name: string, timeZone?: string) => {
    const pdf = Buffer.from(await made({}, { name, ...(timeZone && { timeZone }) })).toString('latin1');
    return [...new Set([...pdf.matchAll(/\+(Noto\w+-Regular)\b/g)].map(([, font]) => font))].filter(
      (f) => f !== 'NotoSans-Regular',
    );
  };
  expect(await fontsIn('大文', 'Asia/Tokyo')).toEqual(['NotoSansJP-Regular']);
  expect(await fontsIn('大文', 'Asia/Hong_Kong')).toEqual(['NotoSansHant-Regular']);
  expect(await fontsIn('大文', 'Europe/London')).toEqual(['NotoSansHans-Regular']);
  expect(await fontsIn('大文アリ', 'Europe/London')).toEqual(['NotoSansJP-Regular']);
  expect(await fontsIn('大文 김', 'Europe/London')).toEqual(['NotoSansKR-Regular']);
});

const names = fc
  .string({
    unit: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...'Aé żĀя人のمש־กำ์ि्नก้한ⴀᏯ᠀𠮷ﬁ') },
      { weight: 1, arbitrary: fc.constantFrom(' ', '-', '.', '\u200d', '\u0301', '\u0651', '\u064e', '(', ')') },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
    ),
    maxLength: 100,
  })
  .filter((name) => PersonName.safeParse(name).success);
const titles = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((title) => /\S/.test(title));

test('whatever the name and the title, a certificate is one page that can be read', async () => {
  await fc.assert(
    fc.asyncProperty(names, titles, async (name, title) => {
      const { pages, text } = await read(
        { title, organiser: { name: title.slice(0, 120), email: 'a@example.org' } },
        { name },
      );
      expect(pages).toBe(1);
      expect(text).toContain(CODE);
    }),
    { numRuns: 12 },
  );
});
