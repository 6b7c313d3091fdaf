import { expect, test } from 'vitest';
import { lookOut } from '#functions/sweep/look-out.ts';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import { lookoutAt } from '#shared/domain/lookout.ts';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { anEvent, aText } from '#test/support/builders.ts';
import { DAY, HOUR, START } from '#test/support/decided.ts';
import { recordedLog } from '#test/support/http.ts';

async function watched(given: Parameters<typeof anEvent>[0] = {}) {
  const table = memoryTable();
  const [events, registrations, organisers] = [eventStore(table), registrationStore(table), organiserStore(table)];
  const event = anEvent(given);
  await events.create(event, aText());
  await events.lookOut(event.eventId, lookoutAt(event, START - 7 * DAY));
  return {
    event,
    events,
    registrations,
    organisers,
    look: (now: number) => lookOut({ events, registrations, organisers, logger: recordedLog() }, now),
    owed: async () => [...((await registrations.get(event.eventId, ORGANISER_ID))?.greetDue ?? [])],
  };
}

test('the organiser is alerted a day and two hours before the start, once each, while people cannot join', async () => {
  const { look, owed } = await watched();
  await look(START - DAY - 1);
  expect(await owed()).toEqual([]);
  for (let minute = 0; minute < 3; minute++) await look(START - DAY + minute * 60);
  expect(await owed()).toHaveLength(1);
  await look(START - 2 * HOUR - 1);
  expect(await owed()).toHaveLength(1);
  for (let minute = 0; minute < 3; minute++) await look(START - 2 * HOUR + minute * 60);
  expect(await owed()).toEqual([expect.stringMatching(/^alert@q/), expect.stringMatching(/^alert@q/)]);
});

test('two sweeps at one moment owe one alert', async () => {
  const { look, owed } = await watched();
  await Promise.all([look(START - DAY), look(START - DAY)]);
  expect(await owed()).toHaveLength(1);
});

test('it goes to the organiser as they are now', async () => {
  const { look, registrations, event } = await watched();
  await look(START - DAY);
  expect(await registrations.get(event.eventId, ORGANISER_ID)).toMatchObject(event.organiser);
});

test.each([
  ['the address is there', { joining: { url: 'https://meet.example.org/1', opensBefore: 'PT15M' } }],
  ['people meet in person', { format: 'in-person' as const }],
  ['the event is postponed', { state: 'postponed' as const }],
])('nobody is alerted when %s', async (_, given) => {
  const { look, owed } = await watched(given);
  await look(START - HOUR);
  expect(await owed()).toEqual([]);
});

test('an address that came meanwhile is seen when it is looked for', async () => {
  const { look, owed, events, event } = await watched();
  const next = { ...event, joining: { url: 'https://meet.example.org/1', opensBefore: 'PT15M' }, revision: 3 };
  await events.save(next, aText(), { revision: 2, fact: undefined });
  await look(START - DAY);
  expect(await owed()).toEqual([]);
  expect(await events.lookouts(START)).toEqual([]);
});

test('the organiser’s row is met by no walk over the people of the event', async () => {
  const { look, registrations, event } = await watched();
  await look(START - DAY);
  expect((await registrations.list(event.eventId)).people).toEqual([]);
  expect((await registrations.owed(7, START)).people).toEqual([
    { eventId: event.eventId, registrationId: ORGANISER_ID },
  ]);
});

test('an address that nobody has said is theirs is asked once a day instead, and alerted once they said so', async () => {
  const { event, look, owed } = await watched({ organiserToProve: true });
  await look(START - DAY);
  expect(await owed()).toEqual([expect.stringMatching(/^prove-organiser@q/)]);
  await look(START - 2 * HOUR);
  expect(await owed()).toHaveLength(1);
  const other = await watched({ organiserToProve: true });
  await other.organisers.prove(event.organiser.email, 1);
  await other.look(START - DAY);
  expect(await other.owed()).toEqual([expect.stringMatching(/^alert@q/)]);
});
