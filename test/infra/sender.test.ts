import { describe, expect, test } from 'vitest';
import { mailMistake } from '#infra/mail-mistake.ts';
import { readStage } from '#infra/read-stage.ts';
import { domainAndParents, senderParts } from '#infra/sender.ts';
import { stages } from '#infra/stages.ts';
import { readMailbox } from '#shared/mail/mailbox.ts';

const named = (name: string) => `${name} <events@acme.test>`;

test.each([
  ['Acme, Inc.', 'Acme, Inc.'],
  ['"Acme, Inc."', 'Acme, Inc.'],
  ['Rollcall (dev)', 'Rollcall (dev)'],
  ['Forum "Sichere" Stadt e.V.', 'Forum "Sichere" Stadt e.V.'],
  ['東京イベント', '東京イベント'],
  ['x'.repeat(100), 'x'.repeat(100)],
])('a sender may be named %s', (typed, name) => {
  expect(senderParts(named(typed))).toEqual({ name, address: 'events@acme.test', domain: 'acme.test' });
});

test('an international domain is written in ASCII, and all of it in small letters', () => {
  expect(senderParts('A <Events@Bücher.Example>')).toEqual({
    name: 'A',
    address: 'events@xn--bcher-kva.example',
    domain: 'xn--bcher-kva.example',
  });
});

test.each([
  'events@acme.test',
  '<events@acme.test>',
  '"" <events@acme.test>',
  'Acme <events@acme>',
  'Acme <events@acme..test>',
  'Acme <events@acme.test.>',
  'Acme <.events@acme.test>',
  'Acme <büro@acme.test>',
  'Acme <a b@acme.test>',
  'Acme <events@acme.test/x>',
  'Acme <events@127.0.0.1>',
  'Acme <events@acme.test>, B <eve@acme.test>',
  'A <x> <events@acme.test>',
  'A\nBcc: x <events@acme.test>',
  'A\u202e <events@acme.test>',
  named('x'.repeat(101)),
  `Acme <${'x'.repeat(65)}@acme.test>`,
])('%j is no sender', (text) => {
  expect(senderParts(text)).toBeUndefined();
});

test.each([named('Acme, Inc.'), named('"Acme, \\"Inc\\""'), 'A <Events@Bücher.Example>', named('東京')])(
  'the functions read %s with the address that the policy allows',
  (text) => {
    expect(readMailbox(text).address).toBe(senderParts(text)?.address);
  },
);

test('an organiser is somebody the functions would write to', () => {
  const { local } = stages;
  const read = (email: string) => () =>
    readStage(
      { stage: 'local' },
      { local: { ...local, site: { ...local?.site, organiser: { name: 'Organiser', email } } } },
    );
  expect(read(`${'x'.repeat(64)}@acme.test`)).not.toThrow();
  expect(read(`${'x'.repeat(65)}@acme.test`)).toThrow(/site\.organiser\.email must be an address with 64 characters/);
});

test('a domain and those above it, but never a bare top-level domain', () => {
  expect(domainAndParents('a.b.acme.test')).toEqual(['a.b.acme.test', 'b.acme.test', 'acme.test']);
  expect(domainAndParents('acme.test')).toEqual(['acme.test']);
});

describe('settings of mail that cannot be true together', () => {
  const mail = {
    mode: 'simulator',
    allowList: [] as string[],
    sender: 'Acme <events@acme.test>',
    identity: 'domain',
    sandbox: true,
  } as const;

  test.each([
    ['live from the sandbox', { mode: 'live' }, /^mail\.mode is "live" while mail\.sandbox is true/],
    ['bounces of another domain', { mailFrom: 'bounce.other.test' }, /^mail\.mailFrom must be a name below/],
    ['bounces of the domain itself', { mailFrom: 'acme.test' }, /^mail\.mailFrom must be a name below/],
    ['bounces of another’s identity', { mailFrom: 'b.acme.test', identity: 'exists' }, /^mail\.mailFrom is set while/],
  ] as const)('%s', (_, change, sentence) => {
    expect(mailMistake({ ...mail, ...change })).toMatch(sentence);
  });

  test('all others are', () => {
    expect(mailMistake(mail)).toBeUndefined();
    expect(mailMistake({ ...mail, mailFrom: 'bounces.acme.test' })).toBeUndefined();
    expect(mailMistake({ ...mail, mode: 'live', sandbox: false })).toBeUndefined();
  });

  test('one stops the stage with its sentence, and so does a sandbox that is not said', () => {
    const { local } = stages;
    const read = (change: object) => () =>
      readStage({ stage: 'local' }, { local: { ...local, mail: { ...local?.mail, ...change } } });
    expect(read({ sandbox: true })).toThrow(/^Stage local: mail\.mode is "live" while mail\.sandbox.*stages\.ts\.$/);
    expect(read({ sandbox: undefined })).toThrow(/mail\.sandbox must be true or false/);
  });
});
