import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { placeholders } from '#infra/placeholders.ts';
import { readStage, StageMistake } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';
import type { Stage, StageSettings } from '#infra/stage.ts';
import { stages } from '#infra/stages.ts';
import { tooMuch } from '#infra/too-much.ts';
import { Address } from '#shared/domain/address.ts';
import { Budgets } from '#shared/domain/budget.ts';
import { mayReach } from '#shared/domain/mail-mode.ts';
import { Timings } from '#shared/domain/timings.ts';
import { newApp } from './synthesised.ts';

const CERTIFICATE = 'arn:aws:acm:eu-west-2:123456789012:certificate/1';
const TOPIC = 'arn:aws:sns:eu-west-2:123456789012:pager';

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

test('no stage is the default: whoever names none is told which there are', () => {
  expect(() => readStage({})).toThrow(
    new StageMistake('Say which stage: add -c stage=… with local, dev or prod, as infra/stages.ts has them.'),
  );
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
    ...['@localhost', '@', '@a@rollcall.test', 'Bob <bob@rollcall.test>'].map(
      (allowed): [string, string, (settings: StageSettings) => Change, string] => [
        `${allowed} on the allow-list`,
        'dev',
        ({ mail }) => ({ mail: { ...mail, allowList: ['ada@rollcall.test', allowed] } }),
        'mail.allowList.1 must be an address or an @domain',
      ],
    ),
    [
      'a grace shorter than a run',
      'prod',
      ({ timings }) => ({ timings: { ...timings, claimGrace: 60 } }),
      'timings.claimGrace must be longer than a run of send takes, 60 s',
    ],
    [
      'a wait for slots that leaves no time for the mails after it',
      'prod',
      ({ timings }) => ({ timings: { ...timings, slotWait: 41 } }),
      'timings.slotWait must be at most 40 s',
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
      'an event’s budget that one network could spend',
      'prod',
      ({ budgets }) => ({ budgets: { ...budgets, event: { limit: 300, seconds: 3600 } } }),
      'budgets.event could be spent by one network alone',
    ],
    [
      'a budget of all that one network could spend in its longer time',
      'prod',
      ({ budgets }) => ({ budgets: { ...budgets, overall: { limit: 7000, seconds: 86_400 } } }),
      'budgets.overall could be spent by one network alone',
    ],
    [
      'a setting that does not exist',
      'dev',
      ({ site }) => ({ site: { ...site, colour: 'red' } }),
      'site.colour is no setting',
    ],
    ['a setting left out', 'dev', () => ({ throttles: undefined }), 'throttles is missing;'],
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
    ...[
      'https://example.org/',
      'https://example.org/events',
      'https://example.org?a=b',
      'https://me@example.org',
      'https://Example.org',
      'https://example.org:443',
      'https://acme..test',
      'https://acme_events.test',
      'ftp://example.org',
      'events',
    ].flatMap((address): [string, string, (settings: StageSettings) => Change, string][] => [
      [
        `the site at ${address}`,
        'prod',
        ({ site }) => ({ site: { ...site, siteUrl: address } }),
        'site.siteUrl must be an origin such as https://www.your.domain',
      ],
      [
        `the CORS origin ${address}`,
        'dev',
        ({ site }) => ({ site: { ...site, corsOrigins: ['https://www.example.org', address] } }),
        'site.corsOrigins.1 must be an origin such as https://www.your.domain',
      ],
    ]),
    [
      'any CORS origin',
      'prod',
      ({ site }) => ({ site: { ...site, corsOrigins: ['*'] } }),
      'site.corsOrigins.0 must be an origin',
    ],
    [
      'a privacy notice that is no page',
      'prod',
      ({ site }) => ({ site: { ...site, privacyUrl: 'https://acme..test/privacy' } }),
      'site.privacyUrl must be a web address',
    ],
    ...['acme..test', 'localhost', 'Events.example.org', 'events.example.org.', '192.0.2.1', '*.example.org'].map(
      (name): [string, string, (settings: StageSettings) => Change, string] => [
        `the domain ${name}`,
        'prod',
        ({ site }) => ({ site: { ...site, domain: { name, certificateArn: CERTIFICATE } } }),
        'site.domain.name must be a host name such as events.your.domain',
      ],
    ),
    [
      'a certificate that is none',
      'prod',
      ({ site }) => ({ site: { ...site, domain: { name: 'events.example.org', certificateArn: TOPIC } } }),
      'site.domain.certificateArn must be the ARN of a certificate',
    ],
    [
      'a certificate of another region',
      'prod',
      ({ site }) => ({
        region: 'eu-west-1',
        site: { ...site, domain: { name: 'a.test', certificateArn: CERTIFICATE } },
      }),
      'site.domain.certificateArn is of eu-west-2 while the API is to be in eu-west-1',
    ],
    [
      'a certificate of another account',
      'prod',
      ({ site }) => ({
        account: '210987654321',
        site: { ...site, domain: { name: 'a.test', certificateArn: CERTIFICATE } },
      }),
      'site.domain.certificateArn is of account 123456789012 while the account is 210987654321',
    ],
    [
      'a queue to tell of alarms',
      'prod',
      ({ alarms: { email: _, ...alarms } }) => ({
        alarms: { ...alarms, topicArn: 'arn:aws:sqs:eu-west-2:123456789012:pager' },
      }),
      'alarms.topicArn must be the ARN of an SNS topic',
    ],
    [
      'a topic that writes no mail',
      'prod',
      ({ alarms: { email: _, ...alarms } }) => ({ alarms: { ...alarms, topicArn: `${TOPIC}.fifo` } }),
      'alarms.topicArn must be the ARN of an SNS topic that is no FIFO topic',
    ],
    [
      'a topic of another region',
      'prod',
      ({ alarms: { email: _, ...alarms } }) => ({ region: 'eu-west-1', alarms: { ...alarms, topicArn: TOPIC } }),
      'alarms.topicArn is of eu-west-2 while the alarms are to be in eu-west-1',
    ],
    [
      'somebody who would not be told',
      'prod',
      ({ alarms }) => ({ alarms: { ...alarms, topicArn: TOPIC } }),
      'alarms has both an email and a topicArn',
    ],
    ['a region that is none', 'prod', () => ({ region: 'Ireland' }), 'region must be a region such as eu-west-2'],
    ['a slip in a region', 'prod', () => ({ region: 'eu-wset-2' }), 'region must be a region such as eu-west-2'],
    [
      'a name of two lines',
      'dev',
      ({ site }) => ({ site: { ...site, name: 'Acme\nEvents' } }),
      'site.name must be 1 to 200 characters on one line',
    ],
    [
      'people kept longer than an event may keep them',
      'dev',
      ({ site }) => ({ site: { ...site, retentionDays: 1e9 } }),
      'site.retentionDays is wrong (Too big',
    ],
    ['a setting whose name is two lines', 'dev', () => ({ 'a\nb': 1 }), '"a\\nb" is no setting'],
    [
      'prod that can be thrown away',
      'prod',
      () => ({ removal: 'destroy' }),
      'removal must be "retain" or "protect" in prod',
    ],
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
      'workers.admit must be at least 2',
    ],
    [
      'more workers than Lambda allows',
      'prod',
      ({ workers }) => ({ workers: { ...workers, sendBulk: 1001 } }),
      'workers.sendBulk must be at most 1000',
    ],
    [
      'a lane without workers',
      'prod',
      ({ workers: { sendBulk: _, ...workers } }) => ({ workers }),
      'workers.sendBulk is missing;',
    ],
    [
      'lanes that leave too few of the account’s Lambdas',
      'prod',
      ({ workers }) => ({ workers: { ...workers, sendBulk: 3 } }),
      "workers.sendNow, sendTimed and sendBulk are 8 together, and of the account's 10 Lambdas (concurrency) 3 must be left",
    ],
    ['fewer Lambdas than any account has', 'prod', () => ({ concurrency: 9 }), 'concurrency must be at least 10'],
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

  test('a stage of an earlier version: what is missing, what became of the rest, and how to see the difference', () => {
    const said = sentence(
      'prod',
      ({ workers: { runCampaigns: _, ...workers }, timings: { slotWait: __, ...timings } }) => ({
        timings,
        workers: { ...workers, fanOut: 2, startRun: 2, planSchedules: 2 },
      }),
    );
    expect(said).toContain('timings.slotWait is missing, and workers.runCampaigns is missing');
    for (const was of ['fanOut', 'startRun', 'planSchedules'])
      expect(said).toContain(`workers.${was} is no setting any more: one worker does its work, workers.runCampaigns`);
    expect(said).toMatch(
      / \(git log -p infra\/stages\.ts shows what a version changed there\); correct it in infra\/stages\.ts\.$/,
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

test('whoever is on the allow-list is reached, however they are written there', () => {
  const { dev } = stages;
  const allowList = ['Ada@Rollcall.TEST', '@Team.Rollcall.test', '@bücher.test'];
  const { mail } = readStage({ stage: 'dev' }, { dev: { ...dev, mail: { ...dev?.mail, allowList } } });
  for (const typed of ['ADA@rollcall.test', 'bob@team.rollcall.test', 'Eve@BÜCHER.test'])
    expect(mayReach(mail)(Address.parse(typed)), typed).toBe(true);
  expect(mayReach(mail)(Address.parse('bob@rollcall.test'))).toBe(false);
});

test('a certificate of another region than the one the CDK goes to is found, unless the stage says where itself', () => {
  const { prod } = stages;
  const domain = { name: 'events.rollcall.test', certificateArn: CERTIFICATE };
  const reading = (region: string, settings: object) => () =>
    readStage({ stage: 'prod', region }, { prod: { ...prod, ...settings, site: { ...prod?.site, domain } } });
  expect(reading('eu-west-1', {})).toThrow(/certificateArn is of eu-west-2 while the API is to be in eu-west-1/);
  expect(reading('eu-west-2', {})).not.toThrow();
  expect(reading('eu-west-1', { region: 'eu-west-2' })).not.toThrow();
});

const withStage = (name: string, settings: unknown) => () =>
  readStage({ stage: name }, { ...stages, [name]: settings });

test.each(['Live', 'prod_2', '2nd', 'a'.repeat(31), 'a b'])(
  'a stage cannot be called %j: AWS takes no such names',
  (name) => {
    expect(withStage(name, stages.prod)).toThrow(/^The stage ".*" cannot be called so: [^\n]+\.$/);
  },
);

test.each([[null], [undefined], ['prod'], [[]], [7]])('settings that are %j are no settings', (settings) => {
  expect(withStage('dev', settings)).toThrow(
    new StageMistake('Stage dev: its settings are no record of them; correct it in infra/stages.ts.'),
  );
});

/** Any JSON, and more often what might be right somewhere. */
const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.integer({ min: -1, max: 2000 }),
  fc.constantFrom(
    'destroy',
    'live',
    'eu-west-2',
    'https://rollcall.test',
    ['https://rollcall.test'],
    ['@rollcall.test'],
    [],
  ),
  fc.string({ unit: 'grapheme' }),
);

/** Any JSON, and whole stages with any value in the place of one of theirs, at any depth, or beside them. */
const anySettings = fc.oneof(
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom('local', 'dev', 'prod'), anyValue, fc.nat(), fc.string())
      .map(([stage, value, at, name]) => {
        const changed = structuredClone(stages[stage]) as object;
        const places: [object, string][] = [];
        const collect = (record: object): void => {
          places.push([record, name]);
          for (const [key, each] of Object.entries(record)) {
            places.push([record, key]);
            if (typeof each === 'object' && each !== null) collect(each);
          }
        };
        collect(changed);
        const [record, key] = places[at % places.length] as [object, string];
        Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
        return changed;
      }),
  },
);

test('whatever stands in the file, it is a stage that synthesises, or one sentence says what to correct', () => {
  const read: Stage[] = [];
  fc.assert(
    fc.property(anySettings, fc.constantFrom('local', 'dev', 'prod'), (settings, name) => {
      try {
        const stage = withStage(name, settings)();
        expect(placeholders(name, stage) ?? 'A sentence.').toMatch(/^[^\n]+\.$/);
        read.push(stage);
      } catch (error) {
        if (!(error instanceof StageMistake)) throw error;
        expect(error.message).toMatch(/^Stage \w+: [^\n\r]+; correct it in infra\/stages\.ts\.$/);
      }
    }),
    { numRuns: 2000 },
  );
  expect(read.length).toBeGreaterThan(100);
  for (const stage of read.filter((_, n) => n % Math.ceil(read.length / 10) === 0)) {
    const stack = new RollcallStack(newApp(), `rollcall-${stage.name}`, stage);
    expect(tooMuch(stack, stage) ?? 'A sentence.').toMatch(/^[^\n]+\.$/);
  }
});

describe('what is still an example', () => {
  const mine = JSON.parse(JSON.stringify(stages.prod).replaceAll('example.org', 'rollcall.test')) as StageSettings;

  test('stops a deploy of prod and of dev with one sentence that names every setting', () => {
    expect(placeholders('prod', readStage({ stage: 'prod' }))).toBe(
      'Stage prod: mail.sender, site.organiser.email and alarms.email are still an example of example.org; put in your own in infra/stages.ts.',
    );
    expect(placeholders('dev', readStage({ stage: 'dev' }))).toBe(
      'Stage dev: mail.allowList.0, mail.sender, site.organiser.email and alarms.email are still an example of example.org; put in your own in infra/stages.ts.',
    );
  });

  test('is anything below example.org, .com and .net, wherever it stands', () => {
    for (const email of ['a@example.com', 'a@events.example.net', 'a@EXAMPLE.org'])
      expect(placeholders('prod', { ...mine, alarms: { ...mine.alarms, email } })).toMatch(
        /^Stage prod: alarms.email is/,
      );
    for (const email of ['a@myexample.com', 'a@example.community', 'a@example.com.au', 'example.com@rollcall.test'])
      expect(placeholders('prod', { ...mine, alarms: { ...mine.alarms, email } }), email).toBeUndefined();
  });

  test('is fine on this machine, and gone once all of it is edited', () => {
    expect(placeholders('local', readStage({ stage: 'local' }))).toBeUndefined();
    expect(placeholders('prod', mine)).toBeUndefined();
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
    expect(() => readStage({ stage: 'local', timings: factor })).toThrow(
      new StageMistake(`-c timings=${factor} is no fraction: write it like -c timings=1/30.`),
    );
  });

  test('is for the local stage alone', () => {
    expect(() => readStage({ stage: 'prod', timings: '1/30' })).toThrow(/^-c timings= is for the local stage/);
  });
});

test.each(['localhost', 'ftp://example.org', 'javascript:alert(1)', ''])('-c siteUrl=%s is no address', (siteUrl) => {
  expect(() => readStage({ stage: 'local', siteUrl })).toThrow(
    /is no web address: write it like -c siteUrl=http:\/\/localhost:3000\.$/,
  );
});

/** What the app says on the way out, told this by the CDK's command line. */
async function said(context: Record<string, unknown>, environment: Record<string, string> = {}): Promise<unknown> {
  const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...rest } = process.env;
  const env = { ...rest, CDK_CONTEXT_JSON: JSON.stringify(context), ...environment };
  return promisify(execFile)(process.execPath, ['infra/app.ts'], { env }).catch((error: unknown) => error);
}

describe('the app prints the sentence, without a stack trace, and exits with 1', () => {
  const region = { CDK_DEFAULT_REGION: 'eu-west-2' };

  test.each([
    [
      'for a stage that is not there',
      { stage: 'live' },
      region,
      'There is no stage "live": use -c stage=local, -c stage=dev, -c stage=prod.\n',
    ],
    [
      'where no stage is named',
      {},
      region,
      'Say which stage: add -c stage=… with local, dev or prod, as infra/stages.ts has them.\n',
    ],
    [
      'where nobody has said the region, and the CDK has gone to one by itself',
      { stage: 'prod' },
      { CDK_DEFAULT_REGION: 'us-east-1' },
      'Stage prod: say in which region, or the CDK takes us-east-1 without asking: set region in infra/stages.ts, or AWS_REGION.\n',
    ],
    [
      'before prod goes out with somebody else’s addresses',
      { stage: 'prod' },
      { AWS_REGION: 'us-east-1', CDK_DEFAULT_REGION: 'us-east-1' },
      'Stage prod: mail.sender, site.organiser.email and alarms.email are still an example of example.org; put in your own in infra/stages.ts.\n',
    ],
  ])('%s', async (_, context, environment, stderr) => {
    expect(await said(context, environment as Record<string, string>)).toMatchObject({ code: 1, stderr });
  });
});

describe('a slip in the file is one sentence that says where', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-slip-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    [
      'a comma left out',
      "mode: 'simulator',",
      "mode: 'simulator'",
      /^infra\/stages\.ts cannot be read beyond line \d+: Expected [^\n]+; correct it in infra\/stages\.ts\.\n$/,
    ],
    [
      'a quote left out',
      "mode: 'simulator',",
      "mode: 'simulator,",
      /^infra\/stages\.ts cannot be read beyond line \d+: [^\n]+; correct it in infra\/stages\.ts\.\n$/,
    ],
    [
      'a word without quotes',
      "mode: 'simulator',",
      'mode: simulator,',
      /^infra\/stages\.ts cannot be read beyond line \d+: simulator is not defined; correct it in infra\/stages\.ts\.\n$/,
    ],
  ])('%s', async (_, right, wrong, stderr) => {
    cpSync('infra', join(folder, 'infra'), { recursive: true });
    const file = join(folder, 'infra/stages.ts');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(right);
    writeFileSync(file, text.replace(right, wrong));
    const ended = await promisify(execFile)(process.execPath, [join(folder, 'infra/app.ts')]).catch(
      (error: unknown) => error,
    );
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(stderr) });
  });
});

test('what bundles nothing (bootstrap, ls, destroy) needs no settings of one’s own', async () => {
  expect(
    await said({ stage: 'prod', 'aws:cdk:bundling-stacks': [] }, { CDK_DEFAULT_REGION: 'eu-west-2' }),
  ).toMatchObject({
    stderr: '',
  });
});
