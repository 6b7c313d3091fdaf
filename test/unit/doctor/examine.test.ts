import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aPatient } from '#test/support/doctor-patient.ts';
import { cannotBegin } from '#tools/doctor/cannot-begin.ts';
import { cannotLook, within } from '#tools/doctor/cannot-look.ts';
import { type Check, carryOut } from '#tools/doctor/check.ts';
import { checks } from '#tools/doctor/checks.ts';
import { examine } from '#tools/doctor/examine.ts';
import { fine } from '#tools/doctor/finding.ts';
import { Failure } from '#tools/local/failure.ts';

const WHO = 'arn:aws:sts::123456789012:assumed-role/Admin/ada@example.org';
const error = (name: string, message = '', more: object = {}) => Object.assign(new Error(message), { name, ...more });
const denied = error(
  'AccessDeniedException',
  `User: ${WHO} is not authorized to perform: ses:GetAccount on resource: *`,
);

const check = (given: Partial<Check> = {}): Check => ({
  id: 'one',
  group: 'Mail',
  what: 'one thing',
  rights: ['ses:GetAccount', 'ses:GetEmailIdentity'],
  look: async () => [fine('It is well.')],
  ...given,
});
const failing = (thrown: unknown, given: Partial<Check> = {}) =>
  check({
    ...given,
    look: async () => {
      throw thrown;
    },
  });

test.each([
  [denied, 'needs the right ses:GetAccount'],
  [error('AccessDenied', 'Access denied'), 'needs the right ses:GetAccount, ses:GetEmailIdentity'],
  [error('AuthorizationErrorException', 'no'), 'needs the right ses:GetAccount, ses:GetEmailIdentity'],
  [error('TimeoutError'), 'AWS did not answer in time'],
  [error('Error', 'connect', { code: 'ECONNREFUSED' }), 'AWS cannot be reached'],
  [error('ThrottlingException', `Rate exceeded for ${WHO}`), 'ThrottlingException: Rate exceeded for <arn>'],
  [error('Strange', 'ask ada@example.org\nnext line'), 'Strange: ask <address>'],
  [undefined, 'Error'],
  ['text', 'Error'],
])('of %s no more is told than what is missing: %s', (thrown, words) => {
  expect(cannotLook(thrown, check().rights)).toBe(words);
});

test('a check that is refused says so, and the others go on, in their order', async () => {
  const found = await examine([check(), failing(denied, { id: 'two' }), check({ id: 'three' })], {
    patient: aPatient(),
  });
  expect(found.map(({ check, status }) => [check, status])).toEqual([
    ['one', 'fine'],
    ['two', 'blind'],
    ['three', 'fine'],
  ]);
  expect(found[1]?.says).toBe('Could not look at one thing: needs the right ses:GetAccount.');
});

test('what the emulator does not know is no fault of the local stage, and one of every other', async () => {
  const unknown = failing(error('UnknownOperationException'));
  expect(await carryOut(unknown, aPatient({ local: true }))).toMatchObject([{ status: 'note' }]);
  expect(await carryOut(unknown, aPatient())).toMatchObject([{ status: 'blind' }]);
});

test('a check that never ends is given up', async () => {
  const forever = check({ patience: 5, look: () => new Promise(() => {}) });
  expect(await carryOut(forever, aPatient())).toMatchObject([
    { status: 'blind', says: expect.stringContaining('did not answer in time') },
  ]);
  await expect(within(5, new Promise(() => {}))).rejects.toThrow('Too long');
});

test('of a stack without outputs one finding stands for all that have nothing to ask for', async () => {
  const patient = aPatient({ stack: { ...aPatient().stack, outputs: {} } });
  const two = [check({ id: 'two', outputs: ['TableName'] }), check({ id: 'three', outputs: ['TableName'] })];
  expect(await examine([check(), ...two], { patient })).toMatchObject([
    { check: 'one', status: 'fine' },
    {
      check: 'stack',
      status: 'blind',
      says: expect.stringMatching(/^2 things could not be looked at.*: two, three\.$/),
    },
  ]);
});

test.each([
  [new Failure('Said already.'), 'Said already.'],
  [error('Error', 'Region is missing'), 'Say in which region: AWS_REGION=eu-west-2 npm run doctor -- --stage prod'],
  [error('CredentialsProviderError', 'Could not load credentials'), 'Sign in as you would for the AWS CLI'],
  [error('InvalidClientTokenId', 'no'), 'AWS does not know you'],
  [error('SignatureDoesNotMatch', WHO), 'does not accept the signature'],
  [denied, 'needs the right ses:GetAccount. The rights it needs: docs/runbook.md#doctor'],
  [error('TimeoutError'), 'AWS did not answer in time'],
  [error('TypeError', 'x is not a function'), 'Doctor could not begin: TypeError: x is not a function.'],
])('it cannot begin with %s: one sentence, and nobody is named', (thrown, sentence) => {
  const { message, details } = cannotBegin(thrown, 'prod');
  expect(message).toContain(sentence);
  expect(message).not.toMatch(/\n|ada/);
  expect(details).toEqual([]);
});

const all = [...checks({ drift: true }), ...checks({ drift: false })];
const policy = JSON.parse(readFileSync('docs/doctor-policy.json', 'utf8')) as {
  Statement: { Action: string | string[] }[];
};

test('the policy in docs grants what the checks read, and nothing besides', () => {
  const granted = policy.Statement.flatMap(({ Action }) => Action).sort();
  expect(granted).toEqual([...new Set(all.flatMap(({ rights }) => rights))].sort());
  for (const action of granted)
    expect(action).toMatch(/^[a-z]+:(Describe|Get|List|Query|Scan|Filter|Detect)[A-Za-z]*$/);
});

test('the runbook says of every check what it means, and of no other', () => {
  const chapter = readFileSync('docs/runbook.md', 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith('Doctor\n'));
  const told = [...(chapter ?? '').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(told.sort()).toEqual([...new Set(all.map(({ id }) => id))].sort());
});

test('every way out that leads to the runbook leads to a section that is there', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const headings = [...runbook.matchAll(/^#{2,4} (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
  const sources = globSync('tools/doctor/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const linked = [...sources.matchAll(/runbook\('([a-z-]+)'\)/g)].map(([, section]) => section);
  expect(linked.length).toBeGreaterThan(15);
  for (const section of linked) expect(headings).toContain(section);
});
