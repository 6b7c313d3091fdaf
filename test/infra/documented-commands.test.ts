import { execFile, execFileSync, execSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
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

/** Words as a shell passes them on; another command inside becomes a word, which a number may be, too. */
const words = (command: string): string[] =>
  [...command.replace(/\$\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '1').matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
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

test('a log is asked for the last hours alone: else its oldest lines come first, of all the days it is kept', () => {
  const asked = of('aws').filter((command) => command.startsWith('aws logs filter-log-events '));
  expect(asked).not.toHaveLength(0);
  for (const command of asked) {
    const [, since = ''] = /--start-time "\$\((node -p '[^']+')\)"/.exec(command) ?? [];
    const hours = (Date.now() - Number(execSync(since))) / 3_600_000;
    expect(hours).toBeGreaterThan(2.9);
    expect(hours).toBeLessThan(3.1);
  }
});

describe('rolling back and going forward again', () => {
  const files = { 'infra/stages.ts': 'delivered', 'code.ts': 'old', 'gone.ts': 'old' };
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-roll-back-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@rollcall.test', ...args], { cwd: folder });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const there = () =>
    Object.fromEntries(
      ['infra/stages.ts', 'code.ts', 'gone.ts', 'new.ts'].map((name) => {
        const path = join(folder, name);
        return [name, existsSync(path) ? readFileSync(path, 'utf8') : 'none'];
      }),
    );

  test.each(['README.md', 'docs/runbook.md'])('of %s leave one’s own settings alone, committed or not', (page) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'infra'), { recursive: true });
    git('init', '--quiet', '--initial-branch', 'work');
    for (const [name, text] of Object.entries(files)) write(name, text);
    git('add', '.');
    git('commit', '--quiet', '-m', 'The version before');
    git('branch', 'main');
    write('code.ts', 'newer');
    write('new.ts', 'newer');
    git('rm', '--quiet', 'gone.ts');
    write('infra/stages.ts', 'my own');
    git('add', '.');
    git('commit', '--quiet', '-m', 'A newer version, and settings');
    write('infra/stages.ts', 'my own, edited since');

    const [back = '', forward = ''] = all
      .filter((each) => each.page === page && each.command.startsWith('git restore '))
      .map(({ command }) => filled(command))
      .sort();
    execSync(back, { cwd: folder });
    expect(there()).toEqual({ ...files, 'infra/stages.ts': 'my own, edited since', 'new.ts': 'none' });
    execSync(forward, { cwd: folder });
    expect(there()).toMatchObject({
      'code.ts': 'newer',
      'new.ts': 'newer',
      'infra/stages.ts': 'my own, edited since',
    });
  });
});

test('no region is said where the chapter has said it for all of its commands', () => {
  expect(all.filter(({ page, command }) => page === 'docs/runbook.md' && /^aws .* --region/.test(command))).toEqual([]);
});
