import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { cancelEvent, postpone, reschedule } from '#shared/domain/move-event.ts';
import type { StartRun } from '#shared/queue/messages.ts';
import { type Running, running } from '#test/support/running.ts';
import { TIMINGS } from '#test/support/sending.ts';

const at = (world: Running) => ({ now: world.now(), timings: TIMINGS });

/** The event as it is after an edit, saved as the API saves it. */
async function edited(world: Running, edit: (event: Event) => Event | undefined): Promise<Event> {
  const {
    events,
    event: { eventId },
  } = world;
  const [event, text] = await Promise.all([events.get(eventId), events.text(eventId)]);
  const next = event && edit(event);
  if (!event || !text || !next) throw new Error('There is nothing to edit');
  await events.save(next, text, { revision: event.revision, fact: 'event.changed', planAt: world.now(), tells: true });
  return next;
}
const toRoom = (world: Running, place: string) => edited(world, (event) => reschedule(event, { place }, at(world)));
const due = async (world: Running, event: Event) => world.pass((event.notice?.at ?? 0) - world.now());
const message = (campaignId: string, occasion: string) => ({ campaignId, occasion }) as const;
const runOf = ({ runs, event: { eventId } }: Running, campaignId: string, occasion: string) =>
  runs.get({ eventId, campaignId, occasion });

/** Far from the start, so that notices wait. */
const world = () => running({ campaign: { trigger: { before: 'start', offset: 'P30D' } } });

test('before its time a message starts nothing, at its time a run of everybody begins', async () => {
  const here = await world();
  const event = await toRoom(here, 'Room 3');
  here.pass(299);
  await here.start(message('change', 'r2'));
  expect(await runOf(here, 'change', 'r2')).toBeUndefined();
  here.pass(1);
  await here.start(message('change', 'r2'));
  expect(await runOf(here, 'change', 'r2')).toMatchObject({ kind: 'change', firedAt: event.notice?.at });
  expect(here.queues.fanOut).toHaveLength(8);
  expect(await here.events.noticeIsDue(event.eventId)).toBe(false);
});

test('of two edits only the later is told, and only once its own wait is over', async () => {
  const here = await world();
  await toRoom(here, 'Room 3');
  here.pass(200);
  const event = await toRoom(here, 'Room 4');
  here.pass(150);
  await here.start(message('change', 'r2'));
  await here.start(message('change', 'r3'));
  expect(here.queues.fanOut).toEqual([]);
  await due(here, event);
  await here.start(message('change', 'r2'));
  expect(await runOf(here, 'change', 'r2')).toBeUndefined();
  await here.start(message('change', 'r3'));
  expect(await runOf(here, 'change', 'r3')).toMatchObject({ occasion: 'r3' });
});

test.each([
  ['postponed', (event: Event, here: Running) => postpone(event, at(here))],
  ['cancelled', (event: Event, here: Running) => cancelEvent(event, at(here))],
] as const)('a %s event is told by a notice of that kind alone', async (kind, edit) => {
  const here = await world();
  await due(here, await edited(here, (event) => edit(event, here)));
  for (const other of ['change', 'postponed', 'cancelled']) await here.start(message(other, 'r2'));
  const started = await Promise.all(['change', 'postponed', 'cancelled'].map((each) => runOf(here, each, 'r2')));
  expect(started.map((run) => run?.kind)).toEqual(
    [undefined, 'postponed', 'cancelled'].map((each) => (each === kind ? kind : undefined)),
  );
});

test('however many messages come, one run begins; one that walked nowhere is sent on its way again', async () => {
  const here = await world();
  await due(here, await toRoom(here, 'Room 3'));
  await Promise.all([1, 2, 3].map(() => here.start(message('change', 'r2')).catch(() => {})));
  const { length } = here.queues.fanOut;
  expect(await runOf(here, 'change', 'r2')).toMatchObject({ pass: 1 });
  await here.start(message('change', 'r2'));
  expect(here.queues.fanOut).toHaveLength(length + 8);
});

test('an edit between reading and starting makes the message come back', async () => {
  const here = await world();
  await due(here, await toRoom(here, 'Room 3'));
  const get: Running['events']['get'] = async (...args) => {
    const read = await here.events.get(...args);
    await toRoom(here, 'Room 4');
    return read;
  };
  await expect(here.start(message('change', 'r2'), { events: { get } })).rejects.toThrow('changed meanwhile');
  expect(await runOf(here, 'change', 'r2')).toBeUndefined();
});

test('a notice whose message was lost is started by the sweep', async () => {
  const here = await world();
  await toRoom(here, 'Room 3');
  here.pass(300 + TIMINGS.startAfter - 1);
  await here.plan();
  const notices = () => here.queues.startRun.filter(({ body }) => (body as StartRun).campaignId === 'change');
  expect(notices()).toEqual([]);
  here.pass(1);
  await here.plan();
  expect(notices().map(({ body }) => body)).toEqual([{ ...here.message, campaignId: 'change', occasion: 'r2' }]);
});
