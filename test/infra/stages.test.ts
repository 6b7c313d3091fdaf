import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readStage, StageMistake } from '#infra/read-stage.ts';
import type { StageSettings } from '#infra/stage.ts';
import { stages } from '#infra/stages.ts';
import { Budgets } from '#shared/domain/budget.ts';
import { Timings } from '#shared/domain/timings.ts';

type Change = { readonly [field: string]: unknown };

/** The sentence that stops synth when a stage is changed like this. */
function sentence(stage: string, change: (settings: StageSettings) => Change): string {
  const settings = stages[stage] as StageSettings;
  const changed = { ...settings, ...change(settings) };
  try {
    readStage({ stage }, { ...stages, [stage]: changed });
  } catch (error) {
    expect(error).toBeInstanceOf(StageMistake);
    return (error as Error).message;
  }
  throw new Error('Nothing was found wrong');
}

test('every stage reads as it stands', () => {
  expect(Object.keys(stages)).toEqual(['local', 'dev', 'prod']);
  for (const name of Object.keys(stages)) expect(readStage({ stage: name })).toMatchObject({ ...stages[name], name });
});

test('without a name it is the local stage', () => {
  expect(readStage({}).name).toBe('local');
});

test('prod as it is delivered writes to nobody', () => {
  expect(readStage({ stage: 'prod' }).mail.mode).toBe('simulator');
});

test('the local stage lets one IP address register thousands of people an hour', () => {
  const { ipPrefix, event, overall } = readStage({ stage: 'local' }).budgets;
  for (const { limit, seconds } of [ipPrefix, event, overall]) expect(limit / (seconds / 3600)).toBeGreaterThan(2000);
});

test('a rate of the stage’s own is for the emulator, which has no account to ask about', () => {
  expect(readStage({ stage: 'local' }).pacing.rate).toBeGreaterThan(0);
  for (const stage of ['dev', 'prod']) expect(readStage({ stage }).pacing).toEqual({});
});

test('functions understand the timings and budgets of every stage', () => {
  for (const stage of Object.keys(stages)) {
    const { timings, budgets } = readStage({ stage });
    expect(Timings.strict().parse(timings)).toEqual(timings);
    expect(Budgets.strict().parse(budgets)).toEqual(budgets);
  }
});

describe('a wrong value stops synth with one sentence that names stage, field and way out', () => {
  test.each<[string, string, (settings: StageSettings) => Change, string]>([
    [
      'an unknown mail mode',
      'dev',
      ({ mail }) => ({ mail: { ...mail, mode: 'loud' } }),
      'mail.mode is wrong (expected one of "simulator"|"allow-list"|"live")',
    ],
    [
      'a bare address as sender',
      'prod',
      ({ mail }) => ({ mail: { ...mail, sender: 'events@example.org' } }),
      'mail.sender must read like "Name <address@your.domain>"',
    ],
    [
      'a line break in the sender',
      'prod',
      ({ mail }) => ({ mail: { ...mail, sender: 'A\nBcc: x <a@example.org>' } }),
      'mail.sender must read like',
    ],
    [
      'nobody on the allow-list',
      'dev',
      ({ mail }) => ({ mail: { ...mail, allowList: [] } }),
      'mail.allowList is empty while mail.mode is "allow-list"',
    ],
    [
      'no address on the allow-list',
      'dev',
      ({ mail }) => ({ mail: { ...mail, allowList: ['bob'] } }),
      'mail.allowList.0 must be an address or an @domain',
    ],
    [
      'an example as live sender',
      'prod',
      ({ mail }) => ({ mail: { ...mail, mode: 'live' } }),
      'mail.sender is still an example while mail.mode is "live"',
    ],
    [
      'a grace shorter than a run',
      'prod',
      ({ timings }) => ({ timings: { ...timings, claimGrace: 60 } }),
      'timings.claimGrace must be longer than a run of send takes, 60 s',
    ],
    [
      'a stale guard',
      'prod',
      ({ timings }) => ({ timings: { ...timings, guardFresh: 3 } }),
      'timings.guardFresh must be at most 1 s',
    ],
    [
      'a word for a number',
      'dev',
      ({ budgets }) => ({ budgets: { ...budgets, event: { limit: 'many', seconds: 60 } } }),
      'budgets.event.limit is wrong (expected number, received string)',
    ],
    [
      'a setting that does not exist',
      'dev',
      ({ site }) => ({ site: { ...site, colour: 'red' } }),
      'site.colour is no setting',
    ],
    [
      'a setting left out',
      'dev',
      () => ({ throttles: undefined }),
      'throttles is wrong (expected object, received undefined)',
    ],
    [
      'logs kept for a time CloudWatch does not know',
      'dev',
      () => ({ logRetentionDays: 8 }),
      'logRetentionDays is wrong',
    ],
    [
      'a site without TLS',
      'prod',
      ({ site }) => ({ site: { ...site, siteUrl: 'http://example.org' } }),
      'site.siteUrl must begin with https://',
    ],
    [
      'a CORS origin that is none',
      'prod',
      ({ site }) => ({ site: { ...site, corsOrigins: ['*'] } }),
      'site.corsOrigins.0 must be a web address',
    ],
    ['prod that can be thrown away', 'prod', () => ({ removal: 'destroy' }), 'removal must be "retain" in prod'],
    [
      'prod that tells nobody',
      'prod',
      () => ({ alarms: { runbook: 'docs/runbook.md' } }),
      'alarms needs an email or a topicArn',
    ],
    ['an account that is none', 'prod', () => ({ account: '1234' }), 'account must be twelve digits'],
    [
      'fewer workers than SQS allows',
      'prod',
      ({ workers }) => ({ workers: { ...workers, admit: 1 } }),
      'workers.admit is wrong',
    ],
    [
      'a lane without workers',
      'prod',
      ({ workers: { sendBulk: _, ...workers } }) => ({ workers }),
      'workers.sendBulk is wrong (expected number, received undefined)',
    ],
    ['a rate of no mails a second', 'prod', () => ({ pacing: { rate: 0 } }), 'pacing.rate is wrong'],
  ])('%s', (_, stage, change, wrong) => {
    const said = sentence(stage, change);
    expect(said).toContain(`Stage ${stage}: ${wrong}`);
    expect(said).toMatch(/; correct it in infra\/stages\.ts\.$/);
    expect(said).not.toContain('\n');
  });

  test('two wrong values are one sentence', () => {
    expect(sentence('dev', () => ({ removal: 'never', logRetentionDays: 8 }))).toMatch(
      /^Stage dev: .*, and removal is wrong/,
    );
  });

  test('an unknown stage', () => {
    expect(() => readStage({ stage: 'live' })).toThrow(
      new StageMistake('There is no stage "live": use -c stage=local, -c stage=dev, -c stage=prod.'),
    );
  });

  test.each(['toString', '__proto__', '', 7])('the stage %s, which only looks as if it existed', (stage) => {
    expect(() => readStage({ stage })).toThrow(StageMistake);
  });
});

describe('-c timings=1/30', () => {
  const { timings } = readStage({ stage: 'local', timings: '1/30' });

  test('shortens what is waited for', () => {
    expect(timings).toMatchObject({
      claimGrace: 2.5,
      sweepAfter: 4,
      alreadyRegisteredEvery: 20,
      confirmWithin: 2880,
      receiptsSettle: 2,
      lateTakeOver: 60,
      stalled: 10,
      planAfter: 4,
      startAfter: 4,
      dayScaleGap: 1440,
      hourScaleGap: 30,
      noticeWait: 10,
      noticeLongest: 30,
      noticeNear: 120,
    });
  });

  test('leaves alone what the stop button promises', () => {
    expect(timings).toMatchObject({ guardFresh: 1, callWithin: 1.5 });
  });

  test.each(['30', '1/0', '1/-3', '2/3', '1/1000', 'fast', true])('takes no %s', (factor) => {
    expect(() => readStage({ timings: factor })).toThrow(
      new StageMistake(`-c timings=${factor} is no fraction: write it like -c timings=1/30.`),
    );
  });

  test('is for the local stage alone', () => {
    expect(() => readStage({ stage: 'prod', timings: '1/30' })).toThrow(/^-c timings= is for the local stage/);
  });
});

test.each(['localhost', 'ftp://example.org', 'javascript:alert(1)', ''])('-c siteUrl=%s is no address', (siteUrl) => {
  expect(() => readStage({ siteUrl })).toThrow(
    /is no web address: write it like -c siteUrl=http:\/\/localhost:3000\.$/,
  );
});

test('the app prints the sentence, without a stack trace, and exits with 1', async () => {
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ stage: 'live' }) };
  const failed = await promisify(execFile)(process.execPath, ['infra/app.ts'], { env }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 1,
    stderr: 'There is no stage "live": use -c stage=local, -c stage=dev, -c stage=prod.\n',
  });
});
