import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { readStage } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';
import type { StageSettings } from '#infra/stage.ts';
import { actionsOf, newApp, type Statement } from './synthesised.ts';

/** What lane `bulk` of prod may do with SES when its mail is set so. */
function sending(mail: Partial<StageSettings['mail']>): {
  identities: string[];
  sets: string[];
  conditions: unknown[];
} {
  const stage = readStage({ stage: 'prod' });
  const stack = new RollcallStack(newApp(), 'rollcall-prod', { ...stage, mail: { ...stage.mail, ...mail } });
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const statements: Statement[] = policies
    .filter(([id]) => id.startsWith('SendBulk'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter((each: Statement) => actionsOf(each).some((action) => action.startsWith('ses:')));
  const named = (kind: string) =>
    statements
      .flatMap(({ Resource }) => [...JSON.stringify(Resource).matchAll(new RegExp(`:${kind}/([^"]+)"`, 'g'))])
      .map(([, name]) => name ?? '')
      .sort();
  return {
    identities: named('identity'),
    sets: named('configuration-set'),
    conditions: statements.map(({ Condition }) => Condition),
  };
}

const sender = 'Acme <events@mail.acme.test>';
const LIVE: Partial<StageSettings['mail']> = { mode: 'live', sandbox: false, allowList: [], sender };

test.each([
  ['domain', ['events@mail.acme.test', 'mail.acme.test']],
  ['address', ['events@mail.acme.test', 'mail.acme.test']],
  ['exists', ['acme.test', 'events@mail.acme.test', 'mail.acme.test']],
] as const)(
  'with identity %s, send may use what SES may find verified: the address, its domain, one above it if it exists',
  (identity, identities) => {
    expect(sending({ ...LIVE, identity }).identities).toEqual(identities);
  },
);

test('outside the sandbox nobody’s identity is named, whoever is on the list', () => {
  const { identities } = sending({ ...LIVE, mode: 'allow-list', allowList: ['ada@other.test', '@third.test'] });
  expect(identities).toEqual(['events@mail.acme.test', 'mail.acme.test']);
});

test('in the sandbox, whoever the stage writes to is named as SES may find them verified, and nobody else', () => {
  const allowList = ['ada@eu.other.test', '@third.test'];
  const { identities } = sending({ ...LIVE, mode: 'allow-list', sandbox: true, allowList });
  expect(identities).toEqual(
    [
      ...['events@mail.acme.test', 'mail.acme.test'],
      ...['ada@eu.other.test', 'eu.other.test', 'other.test'],
      ...['*@third.test', 'third.test'],
    ].sort(),
  );
});

test('in the sandbox, a stage from which nothing leaves writes to the simulator alone', () => {
  const { identities } = sending({ ...LIVE, mode: 'simulator', sandbox: true, allowList: ['ada@other.test'] });
  expect(identities).toEqual(['events@mail.acme.test', 'mail.acme.test', 'success@simulator.amazonses.com']);
});

test('it may send as the one address and by the stage’s own configuration sets only', () => {
  const { conditions, sets } = sending({ ...LIVE, sender: '"Acme, Inc." <Events@Bücher.test>' });
  expect(conditions).toEqual([{ StringEqualsIfExists: { 'ses:FromAddress': 'events@xn--bcher-kva.test' } }]);
  expect(sets).toEqual(['optional', 'service', 'urgent'].map((kind) => `rollcall-prod-${kind}`));
});
