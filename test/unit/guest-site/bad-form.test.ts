import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';

const PATH = '/events/a-morning/register';
const GOOD = { name: 'Ada Lovelace', email: 'ada@example.org' };
const site = guestSite();
const event = await site.publish(
  anEvent({
    slug: 'a-morning',
    questions: [
      {
        id: 'force',
        label: 'Which force?',
        type: 'choice',
        required: true,
        options: ['North', 'South'],
        segment: true,
      },
      { id: 'days', label: 'Which days?', type: 'choices', required: false, options: ['Mon', 'Tue'], segment: false },
      { id: 'first', label: 'First time?', type: 'yes-no', required: false, options: [], segment: false },
      { id: 'hope', label: 'What do you hope for?', type: 'text', required: false, options: [], segment: false },
    ],
  }),
);
const complete = { ...GOOD, 'answers.force': 'North' };
const send = (fields: Record<string, string>) => site.request(posted(PATH, { ...complete, ...fields }));
const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c);

const NAMES = [
  '',
  ' ',
  'x'.repeat(101),
  'Ada\nBcc: x',
  'Ada\r\nX',
  'A\u0000da',
  'A\u0007da',
  'Ada\u202Eevol',
  'A\u2028da',
  '<b>Ada</b>',
  'www.spam.example',
  'https://spam.example',
  'ada@spam.example',
  '{{name}}',
  '[Ada](x)',
  'Visit spam.com now',
  '\ud800',
];
const ADDRESSES = [
  '',
  'ada',
  'ada@',
  '@example.org',
  'ada@example',
  'ada example.org',
  'a b@example.org',
  'ada@exa mple.org',
  'ada@@example.org',
  'ada@example.org, bob@example.org',
  'ada@example.org\nBcc: bob@example.org',
  'Ada <ada@example.org',
  'ada@example.org\u0000',
  `${'a'.repeat(65)}@example.org`,
  `ada@${'x'.repeat(250)}.org`,
  'ada.@example.org',
  '.ada@example.org',
  'ad..a@example.org',
  'ada@-example.org',
  'ada@127.0.0.1',
  'ada@[127.0.0.1]',
  '"ada"@example.org',
  'ädä@example.org',
  'ada@\u202Eexample.org',
];
const LINES = ['x'.repeat(161), 'a\nb', 'a\u0000b', 'a\u202Eb', 'a\u2029b'];

const wrong: [field: string, value: string][] = [
  ...NAMES.map((value): [string, string] => ['name', value]),
  ...ADDRESSES.map((value): [string, string] => ['email', value]),
  ...LINES.flatMap((value): [string, string][] => [
    ['organisation', value],
    ['jobTitle', value],
  ]),
  ...['', 'East', 'north', 'North,South', 'N\u0000'].map((value): [string, string] => ['answers.force', value]),
  ...['Wed', 'mon'].map((value): [string, string] => ['answers.days', value]),
  ...['maybe', 'true', 'YES'].map((value): [string, string] => ['answers.first', value]),
  ...['x'.repeat(1001), 'a\u0000b', 'a\u202Eb'].map((value): [string, string] => ['answers.hope', value]),
];

test.each(wrong)('%s = %j is named at its field, and what was typed is kept', async (field, value) => {
  const { status, body } = await send({ organisation: 'Kept Ltd', [field]: value });
  expect(status).toBe(400);
  expect(body).toContain(`<a href="#${field}">`);
  expect(body).toContain(`id="${field}-error"`);
  if (field !== 'organisation') expect(body).toContain('value="Kept Ltd"');
  const isTyped = ['name', 'email', 'organisation', 'jobTitle'].includes(field) && value.isWellFormed();
  if (isTyped) expect(body).toContain(`value="${escaped(value)}"`);
});

test.each(['name', 'email', 'answers.force'])('a missing %s is named', async (field) => {
  const { [field as 'name']: _, ...rest } = complete;
  const { status, body } = await site.request(posted(PATH, rest));
  expect(status).toBe(400);
  expect(body).toContain(`<a href="#${field}">`);
});

test('all that is wrong is told at once, and counted', async () => {
  const { body } = await site.request(posted(PATH, {}));
  expect(body).toContain('There are 3 problems');
  expect(body).toMatch(/<title>Error: Register/);
});

test.each([
  'role',
  'status',
  'answers.unknown',
  'answers.',
  'answers',
  '__proto__',
  'constructor',
  'a\u0000b',
  '<x-b>',
  'x'.repeat(5000),
])('a field called %j is none of ours: it is passed over, and the person is registered', async (field) => {
  const { status, body } = await send({ [field]: 'x' });
  expect(status).toBe(200);
  expect(body).toContain('Check your inbox');
});

test.each(['name', 'email', 'jobTitle', 'answers.force', 'timeZone', 'privacyVersion'])(
  '%s sent twice is named, not guessed at',
  async (field) => {
    const twice = `${new URLSearchParams({ ...complete, [field]: 'North' })}&${new URLSearchParams({ [field]: 'South' })}`;
    const { status, body } = await site.request(posted(PATH, twice));
    expect(status).toBe(400);
    expect(body).toContain(`“${field}” was sent more than once`);
  },
);

test.each([
  ['Ada.Lovelace+tag@Example.ORG', 'ada.lovelace+tag@example.org'],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ["o'neill@example.org", "o'neill@example.org"],
  ['  ada@example.org  ', 'ada@example.org'],
])('%s is odd but right', async (typed, kept) => {
  const fresh = guestSite();
  await fresh.publish(anEvent({ slug: 'a-morning' }));
  const own = await fresh.publish(anEvent({ slug: 'another' }));
  expect(await fresh.request(posted('/events/another/register', { name: 'Ada', email: typed }))).toMatchObject({
    status: 200,
  });
  expect(await fresh.people(own)).toEqual([expect.objectContaining({ email: kept })]);
});

test.each(["Seán Ó'Briain", 'Dr. J. R. R. Tolkien', 'Nguyễn Văn An', '山田 太郎', 'Anne-Marie', 'X Æ'])(
  '%s is a name',
  async (name) => {
    expect(await send({ name, email: `${Buffer.from(name).toString('hex').slice(0, 40)}@example.org` })).toMatchObject({
      status: 200,
    });
  },
);

const field = fc.oneof(
  fc.constantFrom(
    ...Object.keys(complete),
    'organisation',
    'jobTitle',
    'timeZone',
    'answers.days',
    'answers.hope',
    'homepage',
    '__proto__',
  ),
  fc.string(),
);
const MARKER = '<x-typed onload="a">\'&';

test('nothing typed ever appears unescaped, and no form is a fault of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        field,
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constant(MARKER),
          fc.string().map((s) => s + MARKER),
        ),
      ),
      async (fields) => {
        const body = Object.entries(fields)
          .map(
            ([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`,
          )
          .join('&');
        const answer = await site.request(posted(PATH, body));
        expect(answer.status).toBeLessThan(500);
        expect(answer.body).not.toContain('<x-typed');
      },
    ),
    { numRuns: 100 },
  );
});

test('of all that was wrong nothing was stored', async () => {
  const people = await site.people(event);
  expect(people.every(({ name }) => !/[<>{}]|www|spam/.test(name))).toBe(true);
});
