import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeConfigurationSets } from '#tools/doctor/judge/configuration-sets.ts';
import { judgeDmarc } from '#tools/doctor/judge/dmarc.ts';
import { judgePause } from '#tools/doctor/judge/pause.ts';
import { judgeDkim, judgeIdentity, judgeMailFrom, type SenderFacts } from '#tools/doctor/judge/sender.ts';
import { judgeMode, judgeSandbox, judgeSending } from '#tools/doctor/judge/ses-account.ts';
import { readDmarc } from '#tools/doctor/read/dmarc.ts';
import { withParents } from '#tools/doctor/read/ses.ts';

const [domain, NOW] = ['mail.example.org', Date.parse('2026-11-30T12:00:00Z')];
const sender = (given: Partial<NonNullable<SenderFacts['identity']>> = {}): SenderFacts => ({
  domain,
  identity: {
    name: domain,
    verified: true,
    dkim: 'SUCCESS',
    signs: true,
    mailFrom: { domain: `bounces.${domain}`, status: 'SUCCESS' },
    ...given,
  },
});

describe('the account', () => {
  test.each([
    ['live', 'hurts'],
    ['allow-list', 'soon'],
    ['simulator', 'note'],
  ] as const)('in the sandbox, mode “%s” %s', (mode, status) => {
    expect(judgeSandbox({ sandbox: true, mode, said: true })).toMatchObject([{ status, wayOut: expect.any(String) }]);
    expect(judgeSandbox({ sandbox: false, mode, said: false })).toMatchObject([{ status: 'fine' }]);
  });

  test.each([
    [false, true, ['note']],
    [false, undefined, ['fine']],
    [true, false, ['hurts', 'soon']],
    [true, undefined, ['soon']],
  ])('in the sandbox: %s, and by infra/stages.ts: %s, is %j', (sandbox, said, statuses) => {
    expect(judgeSandbox({ sandbox, mode: 'allow-list', said }).map(({ status }) => status)).toEqual(statuses);
  });

  test.each([
    [true, 'HEALTHY', ['fine']],
    [true, 'PROBATION', ['soon']],
    [true, 'SHUTDOWN', ['hurts']],
    [false, 'HEALTHY', ['hurts']],
    [false, 'SHUTDOWN', ['hurts', 'hurts']],
    [true, 'SOMETHING_NEW', ['soon']],
  ])('that sends (%s) and is %s: %j', (sendingEnabled, enforcement, statuses) => {
    expect(judgeSending({ sendingEnabled, enforcement }).map(({ status }) => status)).toEqual(statuses);
  });

  test.each([
    ['simulator', 0, 'note'],
    ['simulator', 1, 'hurts'],
    ['allow-list', 1, 'note'],
    ['live', 1, 'fine'],
  ] as const)('in mode “%s” with %d published events: %s', (mode, published, status) => {
    expect(judgeMode(mode, published)).toMatchObject([{ status }]);
  });

  test('that sends nothing although something is published says that nothing leaves', () => {
    expect(judgeMode('simulator', 1)[0]?.says).toContain('so nothing leaves, but there is 1 published event');
  });
});

describe('the sender', () => {
  test('verified, signed and with a domain for its bounces is fine', () => {
    for (const judge of [judgeIdentity, judgeDkim, judgeMailFrom])
      expect(judge(sender())).toMatchObject([{ status: 'fine' }]);
  });

  test('that SES does not know, or has not verified, hurts everybody', () => {
    expect(judgeIdentity({ domain, identity: undefined })).toMatchObject([{ status: 'hurts' }]);
    expect(judgeIdentity(sender({ verified: false }))).toMatchObject([{ status: 'hurts' }]);
  });

  test.each([
    ['PENDING', true],
    ['FAILED', true],
    ['SUCCESS', false],
  ])('with DKIM %s, switched on: %s, will be missed', (dkim, signs) => {
    expect(judgeDkim(sender({ dkim, signs }))).toMatchObject([{ status: 'soon', says: expect.stringContaining(dkim) }]);
  });

  test('without a MAIL FROM domain is as SES makes it, worth a note; with one that failed, it will hurt', () => {
    expect(judgeMailFrom(sender({ mailFrom: undefined }))).toMatchObject([{ status: 'note' }]);
    expect(judgeMailFrom(sender({ mailFrom: { domain: 'b.example.org', status: 'FAILED' } }))).toMatchObject([
      { status: 'soon' },
    ]);
  });

  test('is looked for at its domain and above, never at the top', () => {
    expect(withParents('a.b.example.org')).toEqual(['a.b.example.org', 'b.example.org', 'example.org']);
    expect(withParents('localhost')).toEqual(['localhost']);
  });
});

describe('DMARC', () => {
  test.each([
    ['v=DMARC1; p=none', 'fine'],
    ['v=DMARC1;p=reject; rua=mailto:x@example.org', 'fine'],
    ['v=DMARC1; rua=mailto:x@example.org', 'soon'],
    ['v=spf1 -all', 'soon'],
  ])('“%s” is %s', (record, status) => {
    const facts = { is: 'found', at: `_dmarc.${domain}`, records: [record] } as const;
    expect(judgeDmarc(domain, facts)).toMatchObject([{ status }]);
  });

  test('without a record will hurt, and without a network nobody knows', () => {
    expect(judgeDmarc(domain, { is: 'nothing' })).toMatchObject([{ status: 'soon' }]);
    expect(judgeDmarc(domain, { is: 'not-looked-up' })).toMatchObject([
      { status: 'note', says: expect.stringContaining('could not be looked up') },
    ]);
  });

  const dns = (answers: Record<string, string[][] | string>) => ({
    resolveTxt: async (name: string) => {
      const answer = answers[name] ?? 'ENOTFOUND';
      if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
      return answer;
    },
  });

  test('is read from the domain, else from the one above; long records are put together', async () => {
    const answers = dns({ '_dmarc.mail.example.org': 'ENODATA', '_dmarc.example.org': [['v=DMARC1; ', 'p=none']] });
    expect(await readDmarc(domain, answers)).toEqual({
      is: 'found',
      at: '_dmarc.example.org',
      records: ['v=DMARC1; p=none'],
    });
    expect(await readDmarc(domain, dns({}))).toEqual({ is: 'nothing' });
  });

  test.each(['ETIMEOUT', 'ECONNREFUSED', 'ESERVFAIL'])(
    'with a network that answers %s is not looked up',
    async (code) => {
      expect(await readDmarc(domain, dns({ '_dmarc.mail.example.org': code }))).toEqual({ is: 'not-looked-up' });
    },
  );
});

describe('configuration sets', () => {
  test('each that sends nothing, or is gone, says which mails that are', () => {
    const found = judgeConfigurationSets([
      { name: 'rollcall-prod-service', sendingEnabled: false },
      { name: 'rollcall-prod-optional', sendingEnabled: true },
      { name: 'rollcall-prod-urgent', sendingEnabled: undefined },
    ]);
    expect(found.map(({ status }) => status)).toEqual(['hurts', 'hurts']);
    expect(found[0]?.says).toContain('confirmations');
    expect(found[1]?.says).toContain('last hour');
    expect(judgeConfigurationSets([{ name: 'x', sendingEnabled: true }])).toMatchObject([{ status: 'fine' }]);
  });
});

test('a pause hurts, says since when, and never why: the reason is somebody’s own words', () => {
  const control = { paused: true, changedAt: '2026-11-30T10:00:00Z', reason: 'Ada Example asked for it' };
  const [found] = judgePause(control, NOW);
  expect(found).toMatchObject({ status: 'hurts', says: expect.stringContaining('for 2 hours') });
  expect(JSON.stringify(found)).not.toContain('Ada');
  expect(judgePause(undefined, NOW)).toMatchObject([{ status: 'fine' }]);
  expect(judgePause({ ...control, paused: false }, NOW)).toMatchObject([{ status: 'fine' }]);
  expect(judgePause({ paused: true }, NOW)).toMatchObject([{ says: expect.stringContaining('paused: nobody') }]);
});

test.each([
  [50, 'hurts'],
  [0, 'hurts'],
  [-89, 'hurts'],
  [-90, 'fine'],
])('a sender that was refused until %d s from now: %s', (seconds, status) => {
  const control = { paused: false, refusedUntil: NOW / 1000 + seconds };
  expect(judgePause(control, NOW)).toMatchObject([{ status }]);
});

test('whatever SES answers, the account is judged in a sentence and nothing throws', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.string(), (sendingEnabled, enforcement) => {
      for (const { says } of judgeSending({ sendingEnabled, enforcement })) expect(says).toMatch(/^[A-Z].*\.$/s);
    }),
  );
});
