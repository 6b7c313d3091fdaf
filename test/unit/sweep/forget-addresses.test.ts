import { expect, test } from 'vitest';
import { forgetAddresses } from '#functions/sweep/forget-addresses.ts';
import { OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { aRegistration, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';

/** Some who moved at these moments. */
async function moved(...moments: readonly number[]) {
  const table = memoryTable();
  const registrations = registrationStore(table);
  const rows = moments.map((now, n) => {
    const row = aRegistration({ email: `person${n}@example.org`, confirmBy: undefined });
    const address = { email: `person${n}@example.com`, addressHash: `hash ${n}`, linkSeed: `seed no. ${n}` };
    const moment = { now, allowance: { delay: 0, dropped: false }, chance: 'abcdef', mayTell: true };
    return moveAddress(row, address, moment)?.row ?? row;
  });
  for (const row of rows) await table.put({ item: toItem(row), fact: undefined });
  const logger = recordedLog();
  const kept = async () =>
    (await registrations.getMany(rows)).map(({ left }) => Object.values(left ?? {}).join()).filter(Boolean);
  return {
    forget: (now: number) => forgetAddresses({ registrations, logger }, now),
    kept,
    rows,
    registrations,
    logger,
  };
}

test('an address that was left is deleted after seven days, by the minute’s round, and not before', async () => {
  const { forget, kept, logger } = await moved(NOW_EPOCH, NOW_EPOCH + 60);
  await forget(NOW_EPOCH + OBJECT_WITHIN - 1);
  expect(await kept()).toEqual(['||person0@example.org', '||person1@example.org']);
  await forget(NOW_EPOCH + OBJECT_WITHIN);
  expect(await kept()).toEqual(['||person1@example.org']);
  await forget(NOW_EPOCH + OBJECT_WITHIN + 60);
  expect(await kept()).toEqual([]);
  expect(JSON.stringify(logger)).not.toContain('@example');
});

test('whoever has an address to confirm is looked after once that is over', async () => {
  const { forget, kept, rows, registrations } = await moved(NOW_EPOCH);
  const [row] = rows;
  if (!row) throw new Error('Nobody moved');
  await registrations.revise(row, (current) => ({ row: { ...current, confirmBy: NOW_EPOCH + OBJECT_WITHIN + 60 } }));
  await forget(NOW_EPOCH + OBJECT_WITHIN);
  expect(await kept()).toHaveLength(1);
  const asked = await registrations.get(row.eventId, row.registrationId);
  if (asked) await registrations.revise(asked, ({ confirmBy: _, ...rest }) => ({ row: rest }));
  await forget(NOW_EPOCH + OBJECT_WITHIN);
  expect(await kept()).toEqual([]);
});
