import { describe, expect, test } from 'vitest';
import type { DeliverDeps } from '#functions/send/deliver-deps.ts';
import { sending } from '#test/support/sending.ts';

/** A worker that dies at its n-th call of a port: before the call takes effect, or after it and before the reply. */
function dyingAt(n: number, when: 'before' | 'after') {
  let calls = 0;
  const died = Promise.withResolvers<void>();
  const mortal =
    <Args extends unknown[], Result>(port: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const dies = ++calls === n;
      const result = dies && when === 'before' ? undefined : await port(...args);
      if (!dies) return result as Result;
      died.resolve();
      return new Promise<never>(() => {});
    };
  return { mortal, died: died.promise, calls: () => calls };
}

describe.each(['before', 'after'] as const)('a worker killed %s any of its calls', (when) => {
  test.each([1, 2, 3, 4, 5, 6])('call %i: once swept, the person has one mail and it is written down', async (n) => {
    const world = await sending();
    const { mortal, died } = dyingAt(n, when);
    const { registrations } = world;
    const mailer: DeliverDeps['mailer'] = {
      send: mortal(async (mail) => {
        world.sent.push(mail);
        return { is: 'accepted' as const, messageId: 'm' };
      }),
    };
    const worker = world.send({
      mailer,
      registrations: {
        ...registrations,
        get: mortal(registrations.get),
        claim: mortal(registrations.claim),
        revise: mortal(registrations.revise),
      } as never,
    });
    await Promise.race([worker, died]);

    // The redelivered message; the receipt of whatever SES took; then the sweep, until nothing is owed.
    await world.send();
    if (world.sent.length > 0) await world.receipt('1@a1');
    for (let minute = 0; minute < 6; minute++) {
      world.pass(60);
      await world.receiptsCaughtUp();
      await world.send();
    }
    expect(world.sent).toHaveLength(1);
    expect((await world.entry('1@a1'))?.state).toMatch(/sent|delivered/);
    expect(await world.row()).not.toHaveProperty('greetDue');
  });
});
