import { afterEach, expect, test } from 'vitest';
import { crowd } from '#test/support/crowd.ts';
import { deployed, settled, until } from '#test/support/deployed.ts';

const app = deployed();
/** How long nobody is verified, while waits are a thirtieth of what they are: `ROLLCALL_UNVERIFIED=300 npm test -- e2e unverified`. */
const SECONDS = Number(process.env.ROLLCALL_UNVERIFIED ?? 15);
const REGISTERED = 8;
const LISTED = 20;

afterEach(() => app.verified('example.org', true));

const statesOf = async (eventId: string) =>
  (await app.people(eventId)).flatMap(({ deliveries }) => deliveries.map(({ mail, state }) => `${mail} ${state}`));

test(
  'while our sender is not verified nothing fails for good, and everything leaves afterwards, once',
  async () => {
    await app.verified('example.org', false);
    const { eventId, slug } = await app.event();
    const host = `${slug}.example.org`;
    await crowd(eventId, LISTED, host);
    for (let n = 0; n < REGISTERED; n++)
      expect(await app.register(slug, `r${n}@${host}`)).toMatchObject({ status: 202 });
    await until('all to be registered', async () => (await app.people(eventId)).length === LISTED + REGISTERED);
    const path = `/api/v1/events/${eventId}/campaigns`;
    const template = { subject: 'A new room', body: 'We meet in room 2.' };
    const { body } = await app.call<{ campaignId: string }>('POST', path, {
      body: { name: 'Room', kind: 'announcement', trigger: { manual: true }, state: 'active', template },
    });
    const headers = { 'idempotency-key': crypto.randomUUID() };
    expect(await app.call('POST', `${path}/${body.campaignId}/trigger`, { headers })).toMatchObject({ status: 202 });

    const verifiedAt = Date.now() + SECONDS * 1000;
    let rounds = 0;
    while (Date.now() < verifiedAt) {
      await app.sweep();
      rounds += 1;
      await settled(1500);
      expect(await statesOf(eventId)).not.toContainEqual(expect.stringMatching(/(failed|held|sent|delivered)$/));
    }
    const refused = await app.wire(host);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
    expect([...(await app.mailbox()).keys()].filter((to) => to.endsWith(host))).toEqual([]);

    await app.verified('example.org', true);
    const owed = REGISTERED + (LISTED + REGISTERED);
    await until(
      'everything to leave',
      async () => {
        await app.sweep();
        await settled(1000);
        return (await statesOf(eventId)).filter((state) => state.endsWith('delivered')).length >= owed;
      },
      60_000,
    );
    await app.sweep();
    await settled(3000);
    const accepted = (await app.wire(host)).filter(({ outcome }) => outcome === 'accepted');
    const mails = accepted.map(({ to, tags }) => `${to[0]} ${tags.campaign}@${tags.occasion}`);
    expect(mails).toHaveLength(owed);
    expect(new Set(mails).size).toBe(owed);
    expect(new Set(await statesOf(eventId))).toEqual(new Set(['confirmation delivered', 'announcement delivered']));
    process.stdout.write(
      `Refused ${refused.length} calls in ${rounds} rounds of ${SECONDS} s, then sent ${owed} mails.\n`,
    );
  },
  SECONDS * 1000 + 120_000,
);
