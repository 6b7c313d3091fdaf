import { expect, test } from 'vitest';
import { guards, isStopped } from '#functions/send/guard.ts';
import { aCampaign, anEvent } from '#test/support/builders.ts';

/** A guard on a clock that the test moves, and how often the event was read. */
function watched() {
  let elapsed = 0;
  const asked: string[] = [];
  const guard = guards({
    events: {
      get: async (eventId) => {
        asked.push(eventId);
        return anEvent({ eventId });
      },
    },
    campaigns: { get: async () => aCampaign() },
    control: { get: async () => undefined },
    clock: { now: () => elapsed, monotonic: () => elapsed, sleep: async () => {} },
    fresh: 1,
  });
  return { guard, asked, pass: (ms: number) => (elapsed += ms) };
}

test('one reading is shared for a second, and not a moment longer', async () => {
  const { guard, asked, pass } = watched();
  const first = await guard('e1', '1');
  pass(1000);
  expect(await guard('e1', '1')).toBe(first);
  expect(asked).toEqual(['e1']);
  pass(1);
  expect(await guard('e1', '1')).toMatchObject({ readAt: 1001 });
  expect(asked).toEqual(['e1', 'e1']);
});

test('a reading is as old as the moment it was asked for, and another campaign or event is another reading', async () => {
  const { guard, asked, pass } = watched();
  expect(await guard('e1', '1')).toMatchObject({ readAt: 0 });
  pass(10);
  expect(await guard('e1', '2')).toMatchObject({ readAt: 10 });
  expect(await guard('e2', '1')).toMatchObject({ readAt: 10 });
  expect(asked).toEqual(['e1', 'e1', 'e2']);
});

test('whoever asks anew gets a new reading, and so does everybody after them', async () => {
  const { guard, asked, pass } = watched();
  await guard('e1', '1');
  pass(500);
  const anew = await guard('e1', '1', { anew: true });
  pass(900);
  expect(await guard('e1', '1')).toBe(anew);
  expect(asked).toHaveLength(2);
});

test('a refusal of our sender stops what is guarded for as long as it holds, as a pause does', async () => {
  let elapsed = 0;
  const guard = guards({
    events: { get: async (eventId) => anEvent({ eventId }) },
    campaigns: { get: async () => aCampaign() },
    control: { get: async () => ({ paused: false, refusedUntil: 10 }) },
    clock: { now: () => elapsed, monotonic: () => elapsed, sleep: async () => {} },
    fresh: 1,
  });
  expect(isStopped(await guard('e1', '1'))).toBe(true);
  elapsed = 10_000;
  expect(isStopped(await guard('e1', '1'))).toBe(false);
});
