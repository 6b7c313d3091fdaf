import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { epochOf } from '#shared/domain/time.ts';
import { NOW } from './builders.ts';
import { withPeople } from './guest-people.ts';

/** Milliseconds from the builders' now until it is long final who attended. */
export const AFTER = Date.parse('2027-03-01T00:00:00Z') - Date.parse(NOW);

/** A site after an event that Ada attended, but for what is given otherwise. */
export async function attended(changes: Partial<Event> = {}, row: Partial<Registration> = {}) {
  const { site, event: published, person, pass } = await withPeople();
  const joinedAt = epochOf(published.endInstant) - 60;
  const revised = await site.registrations.revise(await person(), (ada) => ({ row: { ...ada, joinedAt, ...row } }));
  if (!revised) throw new Error('There is no Ada');
  await site.change(published, changes);
  pass(AFTER);
  return { site, event: { ...published, ...changes, revision: published.revision + 1 }, row: revised };
}
