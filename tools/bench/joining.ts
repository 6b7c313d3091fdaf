import type { PersonalDeps } from '#functions/personal-site/deps.ts';
import { pressJoin } from '#functions/personal-site/press-join.ts';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import { signLink, signPress } from '#shared/domain/link.ts';
import { apply } from '#shared/domain/registration.ts';
import type { HttpEvent } from '#shared/http/reply.ts';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import type { Table } from '#shared/store/table.ts';
import { exactly, type Figure } from './table.ts';

const KEYS = new Map([['k1', 'a key that signs links here, and is long enough']]);
const START = Date.parse('2027-06-15T09:30:00Z');
const READS = ['get', 'getMany', 'query', 'count'];

/** What a press of "Join now" asks of the table, from the click to the redirect: the first press, and one more. */
export async function joiningFigures(): Promise<{ title: string; figures: Figure[] }> {
  let units = 0;
  let calls: string[] = [];
  const table = counted(
    memoryTable((write) => {
      units += write.units + write.indexUnits;
    }),
    (call) => calls.push(call),
  );
  const registrations = registrationStore(table);
  const row = await somebody(table, registrations);
  const token = signLink(KEYS, 'join', row);
  const gate = pressJoin({
    registrations,
    linkKeys: async () => KEYS,
    now: () => START,
  } as unknown as PersonalDeps);
  const press = async () => {
    units = 0;
    calls = [];
    const answer = await gate.run({ path: { token }, query: new URLSearchParams(), event: pressed(token) });
    const reads = calls.filter((call) => READS.includes(call)).length;
    return { reads, writes: calls.length - reads, units, redirects: answer.statusCode === 303 ? 1 : 0 };
  };
  const [first, again] = [await press(), await press()];
  return {
    title: 'Requests to the table from “Join now” to the redirect',
    figures: [
      exactly('reads', first.reads, 1),
      exactly('writes', first.writes, 1),
      exactly('write units, index included', first.units, 1),
      exactly('reads of a second press', again.reads, 1),
      exactly('writes of a second press', again.writes, 0),
      exactly('redirects', first.redirects + again.redirects, 2),
    ],
  };
}

/** The table, with each of its calls told: every one is one request. */
const counted = (table: Table, tell: (call: string) => void): Table =>
  new Proxy(table, {
    get(target, name) {
      const call = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        tell(String(name));
        return call.apply(target, given);
      };
    },
  });

/** One confirmed person at an event that is about to start. */
async function somebody(table: Table, registrations: ReturnType<typeof registrationStore>) {
  const now = '2027-06-01T09:00:00Z';
  const input = NewEvent.parse({
    title: 'Tackling serious and organised crime: approaches to a growing problem',
    format: 'online',
    startsAt: '2027-06-15T09:30',
    endsAt: '2027-06-15T13:00',
    timeZone: 'UTC',
    place: 'Webinar',
    organiser: { name: 'Example Events', email: 'events@example.org' },
    joining: { url: 'https://meet.example.org/river' },
  });
  const { event, text } = draftEvent(input, { eventId: newId(chance), slug: 'bench-joining', now });
  await eventStore(table).create(publishEvent(event, now), text);
  const {
    greetDue: _,
    greetDueAt: __,
    ...row
  } = apply(
    {
      eventId: event.eventId,
      registrationId: newId(chance),
      name: 'Alexandra Featherstonehaugh',
      email: 'alexandra.featherstonehaugh@west-midlands.example.org',
      linkSeed: randomWord(16, chance),
      source: 'form',
    },
    false,
    now,
    { delay: 0, dropped: false },
  );
  await registrations.add(row, {}, 'hash');
  return row;
}

const pressed = (token: string): HttpEvent =>
  ({
    body: new URLSearchParams({ join: signPress(KEYS, token, 'join', START) }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    isBase64Encoded: false,
  }) as unknown as HttpEvent;
