import { expect, test } from 'vitest';
import { guards } from '#functions/send/guard.ts';
import { cancel, registerAgain, requestMail } from '#shared/domain/change-registration.ts';
import { mayReach } from '#shared/domain/mail-mode.ts';
import { type Registration, requestKey, SEAT_DUE } from '#shared/domain/registration.ts';
import { ConditionFailed } from '#shared/store/table.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { type Sending, sending, TIMINGS } from '#test/support/sending.ts';

const KEY = '1@a1';
const subjects = ({ sent }: Sending) => sent.map(({ subject }) => subject);
const unknown = () => ({ is: 'unknown', reason: 'TimeoutError' }) as const;
/** A promise that never settles: the process is gone. */
const gone = () => new Promise<never>(() => {});

test('what is owed is sent once, written down, and owed no longer', async () => {
  const world = await sending();
  await world.send();
  expect(subjects(world)).toEqual([KEY]);
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent', attempt: 1, told: 1, epoch: NOW_EPOCH });
  expect(await world.row()).not.toHaveProperty('greetDue');
  expect(await world.row()).toMatchObject({ sequence: 1 });
});

test('a repeated message sends nothing more', async () => {
  const world = await sending();
  for (let n = 0; n < 3; n++) await world.send();
  expect(world.sent).toHaveLength(1);
});

test('workers with copies of one message send one mail', async () => {
  const world = await sending();
  await Promise.all(Array.from({ length: 5 }, () => world.send()));
  expect(world.sent).toHaveLength(1);
});

test('a lost reply of the table does not lose the claim', async () => {
  const world = await sending();
  const { claim } = world.registrations;
  const twice: typeof claim = async (...args) => {
    await claim(...args);
    return claim(...args);
  };
  await world.send({ registrations: { ...world.registrations, claim: twice } });
  expect(world.sent).toHaveLength(1);
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent' });
});

test('killed after SES accepted and before settling, then the receipt: still one mail', async () => {
  const world = await sending();
  void world.send({ registrations: { ...world.registrations, revise: gone } });
  await expect.poll(() => world.sent.length).toBe(1);
  await world.send();
  expect(world.returned).toMatchObject([{ delay: 75 }]);
  await world.receipt(KEY);
  world.pass(1000);
  await world.receiptsCaughtUp();
  await world.send();
  expect(world.sent).toHaveLength(1);
  expect(await world.entry(KEY)).toMatchObject({ state: 'delivered' });
  expect(await world.row()).not.toHaveProperty('greetDue');
});

test('a doubt is taken over once its grace is over and receipts have caught up, not before', async () => {
  const world = await sending();
  world.ses.answers = [unknown];
  await world.send();
  expect(world.returned).toMatchObject([{ delay: 75 }]);
  world.pass(74);
  await world.receiptsCaughtUp();
  await world.send();
  world.pass(10);
  await world.receiptsCaughtUp();
  await world.send();
  expect(world.sent).toHaveLength(1);
  world.pass(120);
  await world.send();
  expect(world.sent).toHaveLength(1);
  await world.receiptsCaughtUp();
  await world.send();
  expect(world.sent.map(({ tags }) => tags.attempt)).toEqual(['1', '2']);
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent', attempt: 2 });
});

test('of many workers one takes a doubt over', async () => {
  const world = await sending();
  world.ses.answers = [unknown];
  await world.send();
  world.pass(300);
  await world.receiptsCaughtUp();
  await Promise.all(Array.from({ length: 5 }, () => world.send()));
  expect(world.sent).toHaveLength(2);
});

test('a second doubt is held, and the organiser can see it', async () => {
  const world = await sending();
  world.ses.answers = [unknown, unknown];
  for (let n = 0; n < 4; n++) {
    await world.send();
    world.pass(300);
    await world.receiptsCaughtUp();
  }
  expect(world.sent).toHaveLength(2);
  expect(await world.entry(KEY)).toMatchObject({ state: 'held', reason: 'in-doubt' });
  expect(world.counted).toContain('MailHeld');
  expect(await world.row()).not.toHaveProperty('greetDue');
});

test('while receipts lie in the dead-letter queue a doubt waits, half an hour at most', async () => {
  const world = await sending();
  world.ses.answers = [unknown];
  await world.send();
  world.pass(1799);
  await world.send();
  expect(world.sent).toHaveLength(1);
  world.pass(1);
  await world.send();
  expect(world.sent).toHaveLength(2);
});

test('a doubt past its not after is held, never sent', async () => {
  const world = await sending({ event: anEvent({ startsAt: '2026-11-23T10:00', endsAt: '2026-11-23T10:01' }) });
  world.ses.answers = [unknown];
  await world.send();
  world.pass(100);
  await world.receiptsCaughtUp();
  await world.send();
  expect(world.sent).toHaveLength(1);
  expect(await world.entry(KEY)).toMatchObject({ state: 'held' });
});

test('paused means not yet: nothing leaves until resumed, then everything owed does, once', async () => {
  const world = await sending();
  await world.setControl({ paused: true });
  await world.send();
  expect(world.sent).toEqual([]);
  expect(await world.entry(KEY)).toBeUndefined();
  expect(await world.row()).toMatchObject({ greetDue: new Set([KEY]) });
  world.pass(2);
  await world.setControl({ paused: false });
  await world.send();
  await world.send();
  expect(world.sent).toHaveLength(1);
});

test('no call to SES starts more than 1.5 s after what it rests on was read', async () => {
  const world = await sending();
  const slow: Sending['registrations']['claim'] = async (...args) => {
    const row = await world.registrations.claim(...args);
    world.pass(1.6);
    await world.setControl({ paused: true });
    return row;
  };
  await world.send({ registrations: { ...world.registrations, claim: slow } });
  expect(world.sent).toEqual([]);
  expect(await world.entry(KEY)).toBeUndefined();
  expect(await world.row()).toMatchObject({ greetDue: new Set([KEY]) });
});

test('a reading that took too long to come is read anew before anything is sent', async () => {
  const world = await sending();
  const { events, clock } = world;
  let slow = true;
  const late: Sending['events']['get'] = async (...args) => {
    const event = await events.get(...args);
    if (slow) {
      slow = false;
      world.pass(1.6);
      await world.setControl({ paused: true });
    }
    return event;
  };
  const control = { get: async () => (slow ? undefined : { paused: true, changedAt: NOW }) };
  await world.send({
    guard: guards({ events: { ...events, get: late }, campaigns: world.campaigns, control, clock, fresh: 1 }),
  });
  expect(world.sent).toEqual([]);
  expect(await world.entry(KEY)).toBeUndefined();
});

test('who cancelled and came back between reading and claiming is greeted for the new admission only', async () => {
  const world = await sending();
  const again = { capped: false, now: NOW, allowance: { delay: 0, dropped: false } };
  const late: Sending['registrations']['claim'] = async (...args) => {
    await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
    await world.registrations.revise(await world.row(), (row) => registerAgain(row, again));
    return world.registrations.claim(...args);
  };
  await world.send({ registrations: { ...world.registrations, claim: late } });
  expect(world.sent).toEqual([]);
  expect(await world.entry(KEY)).toMatchObject({ state: 'skipped', reason: 'superseded' });
  await world.send();
  expect(subjects(world)).toEqual(['1@a2']);
});

test('a receipt that is quicker than our own write is not undone by it', async () => {
  for (const outcome of [
    { is: 'accepted', messageId: 'm' },
    { is: 'impossible', reason: 'MessageRejected' },
  ] as const) {
    const world = await sending();
    world.ses.answers = [
      async () => {
        await world.receipt(KEY);
        return outcome;
      },
    ];
    await world.send();
    expect(await world.entry(KEY)).toMatchObject({ state: 'delivered' });
  }
});

test('a skip never overwrites what a receipt said meanwhile', async () => {
  const world = await sending({ row: { status: 'cancelled' } });
  const { revise } = world.registrations;
  const late: typeof revise = async (row, transition) => {
    await world.receipt(KEY);
    return revise(row, transition);
  };
  await world.send({ registrations: { ...world.registrations, revise: late } });
  expect(await world.entry(KEY)).toMatchObject({ state: 'delivered' });
});

test('who cancelled between reading and claiming gets no confirmation', async () => {
  const world = await sending();
  const late: Sending['registrations']['claim'] = async (...args) => {
    await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
    return world.registrations.claim(...args);
  };
  await world.send({ registrations: { ...world.registrations, claim: late } });
  expect(world.sent).toEqual([]);
  expect(await world.entry(KEY)).toMatchObject({ state: 'skipped', reason: 'registration-cancelled' });
});

test('a reason to skip that no longer holds in the very write skips nothing', async () => {
  const world = await sending({ row: { status: 'waitlisted', seat: 'waiting:1' } });
  const { revise } = world.registrations;
  const promotedMeanwhile: typeof revise = async (row, transition) => {
    await revise(await world.row(), (current) => ({ row: { ...current, status: 'confirmed', seat: 'taken' } }));
    return revise(row, transition);
  };
  await world.send({ registrations: { ...world.registrations, revise: promotedMeanwhile } });
  expect(await world.entry(KEY)).toBeUndefined();
  await world.send();
  expect(subjects(world)).toEqual([KEY]);
});

test('SES refused for now: the claim is given back and the mail goes later, as the first attempt', async () => {
  const world = await sending();
  world.ses.answers = [() => ({ is: 'refused', reason: 'TooManyRequestsException' })];
  await world.send();
  expect(await world.entry(KEY)).toBeUndefined();
  expect(world.returned).toMatchObject([{ body: { tries: 1 }, delay: 5 }]);
  await world.send({}, 1);
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent', attempt: 1 });
});

test('a take-over that SES refuses leaves the earlier doubt as it was', async () => {
  const world = await sending();
  world.ses.answers = [unknown, () => ({ is: 'refused', reason: 'SendingPausedException' })];
  await world.send();
  const doubt = (await world.row()).deliveries[KEY];
  world.pass(300);
  await world.receiptsCaughtUp();
  await world.send();
  expect((await world.row()).deliveries[KEY]).toBe(doubt);
});

const barred = (whom: 'sender' | 'recipient') => () =>
  ({ is: 'barred', whom, reason: 'MessageRejected', says: 'Email address is not verified.' }) as const;

test('a sender who is not verified: the mail stays owed and does not come back, and SES is not asked again for a while', async () => {
  const world = await sending();
  world.ses.answers = [barred('sender')];
  await world.send();
  expect(await world.row()).toMatchObject({ deliveries: {}, greetDue: new Set([KEY]) });
  expect(world.returned).toEqual([]);
  expect(world.counted).toEqual(['MailNotVerified']);
  world.pass(TIMINGS.askAgain - 2);
  await world.send();
  expect(world.sent).toHaveLength(1);
  expect(await world.row()).toMatchObject({ deliveries: {}, greetDue: new Set([KEY]) });
  world.pass(4);
  await world.send();
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent', attempt: 1 });
});

test('whoever resumes sending has SES asked at once', async () => {
  const world = await sending();
  world.ses.answers = [barred('sender')];
  await world.send();
  world.pass(2);
  await world.setControl({ paused: false });
  await world.send();
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent' });
});

test('a pause is not lifted by a refusal that comes after it', async () => {
  const world = await sending();
  world.ses.answers = [
    async () => {
      await world.setControl({ paused: true });
      return barred('sender')();
    },
  ];
  await world.send();
  world.pass(600);
  await world.send();
  expect(world.sent).toHaveLength(1);
});

test('a recipient who is not verified, in the sandbox, holds up nobody else and is not tried without end', async () => {
  const world = await sending();
  world.ses.answers = [barred('recipient')];
  await world.send();
  expect(await world.row()).toMatchObject({ deliveries: {}, greetDue: new Set([KEY]) });
  expect(world.returned).toEqual([]);
  world.pass(TIMINGS.askRecipientAgain - 2);
  await world.send();
  expect(world.sent).toHaveLength(1);
  // Before which `sweep` asks for nobody.
  expect((await world.row()).greetDueAt).toBeGreaterThanOrEqual(NOW_EPOCH + TIMINGS.askRecipientAgain);
  world.pass(3);
  await world.send();
  expect(await world.entry(KEY)).toMatchObject({ state: 'sent' });
});

test('a recipient who is not verified is tried once more before it is too late for their mail', async () => {
  const mailKey = requestKey('resend', NOW_EPOCH, 'abcdef');
  const world = await sending({ row: { greetDue: new Set([mailKey]) } });
  world.pass(3600 - 400);
  world.ses.answers = [barred('recipient'), barred('recipient')];
  await world.send();
  expect((await world.row()).greetDueAt).toBe(NOW_EPOCH + 3600 - 2 * TIMINGS.sweepAfter);
  world.pass(300);
  await world.send();
  expect((await world.row()).greetDueAt).toBe(NOW_EPOCH + 3600 - 100);
  world.pass(60);
  await world.send();
  expect(await world.entry(mailKey)).toMatchObject({ state: 'sent' });
});

test('a recipient who is not verified has several mails and costs one call; their seat is decided nonetheless', async () => {
  const asked = requestKey('resend', NOW_EPOCH, 'abcdef');
  const world = await sending({ row: { greetDue: new Set([KEY, asked]) } });
  world.ses.answers = [barred('recipient')];
  await world.send();
  expect(world.sent).toHaveLength(1);
  expect(await world.row()).toMatchObject({ deliveries: {}, greetDue: new Set([KEY, asked]) });
  const applied = await sending({ row: { greetDue: new Set([KEY, SEAT_DUE]) } });
  applied.ses.answers = [barred('recipient')];
  await applied.send();
  expect((await applied.row()).greetDueAt).toBe(NOW_EPOCH);
});

test('a take-over of a sender who is not verified leaves the earlier doubt as it was', async () => {
  const world = await sending();
  world.ses.answers = [unknown, barred('sender')];
  await world.send();
  const doubt = (await world.row()).deliveries[KEY];
  world.pass(300);
  await world.receiptsCaughtUp();
  await world.send();
  expect((await world.row()).deliveries[KEY]).toBe(doubt);
});

test('what SES says is in the log, whether it is for good or not', async () => {
  for (const answer of [
    barred('sender'),
    () => ({ is: 'impossible', reason: 'BadRequestException', says: 'Email address is not verified.' }) as const,
  ]) {
    const world = await sending();
    world.ses.answers = [answer];
    await world.send();
    expect(JSON.stringify(world.logger.lines)).toContain('Email address is not verified.');
  }
});

test('what SES will never take has failed, with its reason', async () => {
  const world = await sending();
  world.ses.answers = [() => ({ is: 'impossible', reason: 'MessageRejected' })];
  await world.send();
  expect(await world.entry(KEY)).toMatchObject({ state: 'failed', reason: 'MessageRejected' });
  expect(await world.row()).not.toHaveProperty('greetDue');
});

test.each<[string, Partial<Registration>]>([
  ['registration-cancelled', { status: 'cancelled' }],
  ['superseded', { admissions: 2 }],
  ['bounced', { bounced: true }],
  ['over-budget', { overBudget: 'a1' }],
])('a mail that no longer applies is skipped: %s', async (reason, row) => {
  const world = await sending({ row });
  await world.send();
  expect(world.sent).toEqual([]);
  expect(await world.entry(KEY)).toMatchObject({ state: 'skipped', reason });
});

test('past its not after a mail is skipped as expired, and that is counted', async () => {
  const world = await sending({ event: anEvent({ startsAt: '2026-11-01T09:00', endsAt: '2026-11-01T10:00' }) });
  await world.send();
  expect(await world.entry(KEY)).toMatchObject({ state: 'skipped', reason: 'expired' });
  expect(world.counted).toEqual(['MailExpired']);
});

test('a stage with an allow-list mails nobody else', async () => {
  const world = await sending();
  await world.send({ mayReach: mayReach({ mode: 'allow-list', allowList: ['@example.com'] }) });
  expect(await world.entry(KEY)).toMatchObject({ state: 'skipped', reason: 'not-on-allow-list' });
});

test('a delayed mail waits for its time', async () => {
  const world = await sending({ row: { greetDueAt: NOW_EPOCH + 3600 } });
  await world.send();
  expect(world.sent).toEqual([]);
  world.pass(3600);
  await world.send();
  expect(world.sent).toHaveLength(1);
});

test('each calendar mail raises the sequence, and a new admission is confirmed anew', async () => {
  const world = await sending();
  await world.send();
  await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
  await world.send();
  const again = { capped: false, now: NOW, allowance: { delay: 0, dropped: false } };
  await world.registrations.revise(await world.row(), (row) => registerAgain(row, again));
  await world.send();
  expect(subjects(world)).toEqual([KEY, 'own-cancellation@a1', '1@a2']);
  expect(await world.row()).toMatchObject({ sequence: 3 });
});

test('the cancellation waits while nobody knows whether the invitation arrived', async () => {
  const world = await sending();
  world.ses.answers = [unknown];
  await world.send();
  await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
  await world.send();
  expect(subjects(world)).toEqual([KEY]);
  await world.receipt(KEY);
  await world.send();
  expect(subjects(world)).toEqual([KEY, 'own-cancellation@a1']);
});

test('a personal mail goes once per request, and an old message about an old one sends nothing', async () => {
  const world = await sending({ row: { deliveries: { '1@a1': `sent|${NOW_EPOCH}|1|abcdef|1` }, greetDue: undefined } });
  const ask = async (chance: string) => {
    const wish = { kind: 'resend', now: NOW_EPOCH, chance } as const;
    await world.registrations.revise(await world.row(), (row) => requestMail(row, wish));
  };
  await ask('aaaaaa');
  const stale = await world.row();
  await world.send();
  world.pass(5);
  await ask('bbbbbb');
  await world.send();
  await ask('cccccc');
  expect(world.sent).toHaveLength(2);
  const old = { ...world.registrations, get: async () => stale };
  await world.send({ registrations: old });
  expect(world.sent).toHaveLength(2);
  expect(Object.keys((await world.row()).deliveries)).toEqual(['1@a1', expect.stringMatching(/bbbbbb$/)]);
});

test('a row that was erased is nobody to mail', async () => {
  const world = await sending();
  const erased: Sending['registrations']['claim'] = () => Promise.reject(new ConditionFailed(undefined));
  await world.send({ registrations: { ...world.registrations, claim: erased } });
  expect(world.sent).toEqual([]);
});

test('a permanent bounce of the present address stops further mail; one of an old address does not', async () => {
  const world = await sending();
  await world.send();
  await world.receipt(KEY, { type: 'bounced', bounceType: 'Permanent', addressRevision: 0 });
  expect(await world.row()).not.toHaveProperty('bounced');
  await world.receipt(KEY, { type: 'bounced', bounceType: 'Transient' });
  expect(await world.row()).not.toHaveProperty('bounced');
  await world.receipt(KEY, { type: 'bounced', bounceType: 'Permanent' });
  expect(await world.row()).toMatchObject({ bounced: true });
  await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
  await world.send();
  expect(world.sent).toHaveLength(1);
});
