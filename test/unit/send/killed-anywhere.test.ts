import { describe, expect, test } from 'vitest';
import type { DeliverDeps } from '#functions/send/deliver-deps.ts';
import { dyingAt } from '#test/support/mortal.ts';
import { sending } from '#test/support/sending.ts';

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
