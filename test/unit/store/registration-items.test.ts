import { expect, test } from 'vitest';
import type { Registration } from '#shared/domain/registration.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { aRegistration } from '#test/support/builders.ts';

test.each<Partial<Registration>>([
  { status: 'cancelled' },
  { muted: true },
  { bounced: true },
  { newEmail: 'other@example.org' },
  { confirmBy: 1_800_000_000 },
])('what was decided of a row is decided anew once it says %j', async (meanwhile) => {
  const registrations = registrationStore(memoryTable());
  const read = aRegistration();
  await registrations.add(read, {}, 'a-hash');
  await registrations.revise(read, (row) => ({ row: { ...row, ...meanwhile } }));
  const decidedOn: Registration[] = [];
  await registrations.revise(read, (row) => {
    decidedOn.push(row);
    return { row: { ...row, deliveries: { ...row.deliveries, 'new-address@q1-abcdef': 'skipped|1|0|||superseded' } } };
  });
  expect(decidedOn).toHaveLength(2);
  expect(decidedOn[1]).toMatchObject(meanwhile);
});
