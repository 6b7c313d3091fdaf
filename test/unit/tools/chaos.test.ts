import { expect, test } from 'vitest';
import { aRegistration } from '#test/support/builders.ts';
import { compare } from '#tools/chaos/compare.ts';
import { faultSets } from '#tools/chaos/fault-sets.ts';
import { mostDivided } from '#tools/chaos/fitting-timings.ts';
import { chaosOptions } from '#tools/chaos/options.ts';

test('all sets of faults are run, unless some are named', () => {
  expect(chaosOptions([]).sets.map(({ name }) => name)).toEqual(faultSets().map(({ name }) => name));
  const { sets, people, timings } = chaosOptions(['--set', 'resets', '--set', 'latency', '--people', '5']);
  expect([sets.map(({ name }) => name), people, timings]).toEqual([['resets', 'latency'], 5, '1/5']);
});

test.each([
  [['--sets', 'resets'], /^Unknown option '--sets'/],
  [['--set', 'floods'], /there is throttling, resets/],
  [['--people', '0'], /whole number from 1/],
  [['--people', 'many'], /whole number from 1/],
  [['--timings', 'fast'], /fraction/],
  [['--timings', '2/3'], /fraction/],
  [['--set', 'latency', '--timings', '1/30'], /settling a mail takes up to 13 s.*1\/5 is the shortest/],
])('%j is refused in a sentence', (args, sentence) => {
  expect(() => chaosOptions(args)).toThrow(sentence);
});

test('no claim is doubted while its worker may be settling it: slow faults leave longer waits', () => {
  const slow = (max: number) => ({
    name: 'x',
    says: 'x',
    aws: [{ service: '*', latency: { min: 0, max } } as const],
    ses: [],
  });
  expect(
    [[], [slow(1)], [slow(3000)], [slow(3000), slow(15_000)], [slow(90_000)]].map((sets) => mostDivided(sets, 75)),
  ).toEqual([30, 7, 5, 3, 1]);
  expect(chaosOptions(['--set', 'resets']).timings).toBe('1/30');
  expect(chaosOptions(['--set', 'latency', '--timings', '1/1']).timings).toBe('1/1');
});

test.each(['propability', 'times', 'latency_ms'])(
  'a rule with %s, which the proxy would leave out without a word, is none',
  (name) => {
    const rule = { service: 'dynamodb', reset: true, [name]: 1 };
    expect(() => faultSets(JSON.stringify({ some: { says: 'x', aws: [rule], ses: [] } }))).toThrow(name);
  },
);

const ada = aRegistration({
  email: 'ada@example.org',
  status: 'confirmed',
  deliveries: { '1@a1': 'sent|100|1|owner1', '6@m0': 'delivered|200|1|owner2' },
});
const { registrationId } = ada;
const mailed = [
  { at: '2026-11-23T12:00:00.000Z', mailKey: '1@a1', registrationId, attempt: 1 },
  { at: '2026-11-23T12:01:00.000Z', mailKey: '6@m0', registrationId, attempt: 1 },
];
const account = { acknowledged: [ada.email], rows: [ada], mails: mailed, campaigns: ['1', '6'], capacity: 1 };

test('who was registered and mailed as the ledger says, each once and in order, is in nobody’s list', () => {
  expect(compare(account)).toEqual([]);
});

test.each([
  ['lost', { rows: [], mails: [] }, /lost/],
  ['registered twice', { rows: [ada, { ...ada, registrationId: 'another' }], capacity: 2 }, /2 places/],
  [
    'mailed twice',
    { mails: [...mailed, ...mailed.slice(0, 1)] },
    /1@a1 was sent 2 times: attempt 1 at 2026-11-23T12:00:00.000Z, attempt 1 at/,
  ],
  ['never mailed', { mails: [], rows: [{ ...ada, deliveries: {} }] }, /no mail of campaign 1/],
  ['mailed, says the ledger alone', { mails: mailed.slice(1) }, /SES knows of none/],
  [
    'mailed, and the ledger knows nothing',
    { rows: [{ ...ada, deliveries: { '6@m0': 'sent|1|1|o' } }] },
    /ledger says nothing/,
  ],
  [
    'in doubt still',
    { rows: [{ ...ada, deliveries: { ...ada.deliveries, '7@m0': 'claimed|1|1|o' } }] },
    /claimed still/,
  ],
  [
    'written to before the first mail',
    { mails: [{ ...mailed[0], at: '2026-11-23T13:00:00.000Z' }, mailed[1]] },
    /before the first/,
  ],
  ['mailed, and is nobody', { mails: [...mailed, { ...mailed[0], registrationId: 'nobody' }] }, /is nobody/],
  ['undecided', { rows: [{ ...ada, status: 'applied' }] }, /nobody has decided/],
  ['one too many', { capacity: 0 }, /where there are 0/],
])('who is %s is named', (_, given, sentence) => {
  expect(compare({ ...account, ...given } as never).join('\n')).toMatch(sentence);
});
