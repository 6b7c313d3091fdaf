import { itemBytes } from '#shared/store/item-size.ts';
import type { Committed } from '#shared/store/memory-table.ts';
import { atMost, exactly, type Figure, noted } from './table.ts';
import { benchWorld } from './world.ts';

const KINDS = [
  { name: 'uncapped, confirmed', capacity: undefined, before: 0, limit: 4 },
  { name: 'capped, confirmed', capacity: 10, before: 3, limit: 10 },
  { name: 'capped, waitlisted', capacity: 3, before: 5, limit: 10 },
];

const units = (writes: readonly Committed[]): number => writes.reduce((sum, write) => sum + write.units, 0);
const of =
  (prefix: string) =>
  ({ after }: Committed) =>
    after?.pk.startsWith(prefix) || after?.sk.startsWith(prefix);

/** Write units of one registration, by what they are for: from the form to the receipt of its mail. */
export const writeUnitFigures = () => Promise.all(KINDS.map(journey));

async function journey({
  name,
  capacity,
  before,
  limit,
}: (typeof KINDS)[number]): Promise<{ title: string; figures: Figure[] }> {
  const world = await benchWorld(capacity);
  for (let n = 0; n < before; n++) await world.register(n);
  for (const row of await world.people()) await world.seat(row);
  const earlier = new Set((await world.people()).map(({ registrationId }) => registrationId));

  world.writes.length = 0;
  const during = async (step: () => Promise<unknown>): Promise<Committed[]> => {
    const start = world.writes.length;
    await step();
    return world.writes.slice(start);
  };
  const me = async () => {
    const row = (await world.people()).find(({ registrationId }) => !earlier.has(registrationId));
    if (!row) throw new Error('The newcomer is not there');
    return row;
  };
  const form = await during(() => world.register(before));
  const seating = capacity === undefined ? [] : await during(async () => world.seat(await me()));
  const ledger = await during(async () => world.greet(await me()));
  const row = await me();
  const [mailKey = ''] = Object.keys(row.deliveries);
  const receipts = await during(async () => {
    await world.receipt(row.registrationId, mailKey, 'sent');
    await world.receipt(row.registrationId, mailKey, 'delivered');
  });
  const [answers, budgets] = [form.filter(of('ANS#')), form.filter(of('BUDGET#'))];
  const typed = form.filter(of('TICKET#'));
  const index = world.writes.reduce((sum, { indexUnits }) => sum + indexUnits, 0);
  return {
    title: `Write units of one registration: ${name}`,
    figures: [
      atMost(
        'registration and seat',
        units(form) - units(answers) - units(budgets) - units(typed) + units(seating),
        limit,
      ),
      atMost('index', index, 2),
      noted('answers', String(units(answers))),
      noted('budgets', String(units(budgets))),
      noted('what was typed, under its ticket', String(units(typed))),
      noted("the mail's ledger: claim and settle", String(units(ledger))),
      noted('receipts of the mail (sent, delivered)', String(units(receipts))),
      exactly('SES requests per mail', world.requests(), 1),
      atMost('bytes of the row at the end', itemBytes(world.item(row)), 1024),
    ],
  };
}
