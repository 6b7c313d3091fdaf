import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '#test/support/documented.ts';
import { deadLettersOptions } from '#tools/dead-letters/options.ts';
import { keysOptions } from '#tools/keys/keys-options.ts';
import { FOR_TESTS, inVenv } from '#tools/local/venv.ts';
import { templateOf } from './synthesised.ts';

const run = promisify(execFile);
const all = [...commandsOf('README.md'), ...commandsOf('docs/runbook.md')];
const outputs = Object.keys(templateOf('prod').findOutputs('*'));

/** What the reader knows without the stack, and a value of it. */
const KNOWN: Record<string, string> = {
  stage: 'prod',
  region: 'eu-west-2',
  version: 'main',
  sender: 'rollcall.test',
  reason: 'MessageRejected',
  eventId: '7f3kq9x2m4t8c1vz',
  registrationId: '7f3kq9x2m4t8c1vz',
};

/** A command with every placeholder filled in as a reader would. */
const filled = (command: string): string =>
  command.replace(
    /<(\w+)>/g,
    (_, name: string) => KNOWN[name] ?? (name === 'SiteUrl' ? 'https://rollcall.test' : name),
  );

/** Words as a shell passes them on; another command inside becomes a word. */
const words = (command: string): string[] =>
  [...command.replace(/\$\([^()]*(?:\([^()]*\)[^()]*)*\)/g, 'x').matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );

/** A command, and those in `$(…)` within it. */
const withInner = (command: string): string[] => [
  command,
  ...[...command.matchAll(/\$\((aws [^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(([, inner = '']) => inner),
];
const of = (program: string) =>
  [...new Set(all.flatMap(({ command }) => withInner(command)))].filter((command) => command.startsWith(`${program} `));

test('there are commands to look at', () => {
  expect(of('aws').length).toBeGreaterThan(12);
  expect(of('npm').length).toBeGreaterThan(20);
  expect(of('npx').length).toBeGreaterThan(4);
});

describe('whatever a command asks the reader to fill in, they have', () => {
  test.each(all.map(({ command }) => command).filter((command) => command.includes('<')))('%s', (command) => {
    for (const [, name = ''] of command.matchAll(/<([^<>]+)>/g))
      expect([...outputs, ...Object.keys(KNOWN)], `<${name}>`).toContain(name);
  });
});

describe('the AWS CLI takes', { timeout: 120_000 }, () => {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    AWS_DEFAULT_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    // Nobody listens there: who gets as far as that has a command of which every word and value is right.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  };
  const refusal = (args: string[]) =>
    run(inVenv('aws', FOR_TESTS), args, { env }).then(
      () => 'It went through',
      ({ stderr }: { stderr: string }) => stderr,
    );

  test.concurrent.each(of('aws'))('%s', async (command) => {
    const args = words(
      filled(command)
        .replace(/ > \S+$/, '')
        .replace('file://link-keys.json', '{}'),
    ).slice(1);
    expect(await refusal(args)).toContain('Could not connect to the endpoint URL');
  });

  test('nothing else, or this would show nothing', async () => {
    expect(await refusal(['sqs', 'purge-queue', '--queue', 'x', '--bogus'])).toContain('Unknown options');
    expect(await refusal(['sesv2', 'put-account-details', '--mail-type', 'LOUD', '--website-url', 'x'])).toMatch(
      /LOUD|Could not/,
    );
  });
});

describe('npm runs', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

  test.each(of('npm'))('%s', (command) => {
    const [, verb, name = '', dashes, ...args] = words(filled(command));
    if (verb !== 'run') return expect(['ci', 'start', 'test']).toContain(verb);
    expect(Object.keys(scripts)).toContain(name);
    expect(dashes ?? '--').toBe('--');
    if (name === 'keys') expect(keysOptions(args, 0).command.do).not.toBe('help');
    if (name === 'dead-letters') expect(deadLettersOptions(args).command.do).not.toBe('help');
  });
});

describe('the CDK takes', { timeout: 60_000 }, () => {
  const helps: Record<string, Promise<{ stdout: string }>> = {};

  test.each(of('npx'))('%s', async (command) => {
    const [, cdk, verb = '', ...args] = words(filled(command));
    expect(cdk).toBe('cdk');
    helps[verb] ??= run(process.execPath, ['node_modules/aws-cdk/bin/cdk', verb, '--help']);
    const { stdout } = await helps[verb];
    expect(stdout).toMatch(new RegExp(`^cdk ${verb} `));
    const flags = args.filter((word) => word.startsWith('-'));
    for (const flag of flags) expect(stdout).toMatch(new RegExp(`(?:^|\\s)${flag}\\b`));
  });

  test('no command that goes without a stage', () => {
    for (const command of of('npx')) expect(filled(command)).toMatch(/ -c stage=(?:prod|dev)\b/);
  });
});

test('no region is said where the chapter has said it for all of its commands', () => {
  expect(all.filter(({ page, command }) => page === 'docs/runbook.md' && /^aws .* --region/.test(command))).toEqual([]);
});
