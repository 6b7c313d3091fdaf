import { expect, test } from 'vitest';
import { AnswerOrder, sesAnswers } from '#tools/local/ses-answers.ts';

const ACCOUNT = '/v2/email/account';
const reply = (status: number, body: object) => ({
  status,
  headers: { 'content-length': 1 },
  body: Buffer.from(JSON.stringify(body)),
});
const said = ({ body }: { body: Buffer }) => JSON.parse(body.toString());

test('SES says what was ordered in place of the emulator’s, the rest as it came, until it is forgotten', () => {
  const answers = sesAnswers(() => ({ sandbox: false, unverified: new Set() }));
  const real = reply(200, { ProductionAccessEnabled: true, SendingEnabled: true });
  answers.order({ path: ACCOUNT, fields: { ProductionAccessEnabled: false } });
  const amended = answers.amend(ACCOUNT, real);
  expect(said(amended)).toEqual({ ProductionAccessEnabled: false, SendingEnabled: true });
  expect(amended.headers['content-length']).toBe(amended.body.length);
  expect(answers.amend('/v2/email/identities/example.org', real)).toBe(real);
  expect(answers.amend(undefined, real)).toBe(real);
  answers.clear();
  expect(answers.amend(ACCOUNT, real)).toBe(real);
});

test('a refusal stays a refusal', () => {
  const answers = sesAnswers(() => ({ sandbox: false, unverified: new Set() }));
  answers.order({ path: ACCOUNT, fields: { SendingEnabled: false } });
  const refusal = reply(403, { message: 'no' });
  expect(answers.amend(ACCOUNT, refusal)).toBe(refusal);
});

test('an order that is none is refused', () => {
  expect(AnswerOrder.safeParse({ path: '/_front', fields: {} }).success).toBe(false);
  expect(AnswerOrder.safeParse({ path: ACCOUNT, fields: {}, more: 1 }).success).toBe(false);
});

test('what it enforces is what it says: the sandbox, and an identity that is not verified', () => {
  const answers = sesAnswers(() => ({ sandbox: true, unverified: new Set(['example.org']) }));
  expect(said(answers.amend(ACCOUNT, reply(200, { ProductionAccessEnabled: true })))).toEqual({
    ProductionAccessEnabled: false,
  });
  const verified = reply(200, { VerifiedForSendingStatus: true });
  expect(said(answers.amend('/v2/email/identities/example.org', verified))).toEqual({
    VerifiedForSendingStatus: false,
  });
  expect(answers.amend('/v2/email/identities/example.com', verified)).toBe(verified);
});
