import { ORGANISER_ID } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type Around, type Picked, type Releasing, releasing } from '#shared/domain/release-unsent.ts';
import type { Deps } from './deps.ts';
import { meetEverybody } from './meet-everybody.ts';
import { found } from './no-such-event.ts';
import { readSurroundings } from './read-outlook.ts';

export type ReleasingDeps = Pick<
  Deps,
  'events' | 'campaigns' | 'runs' | 'registrations' | 'control' | 'timings' | 'mayReach' | 'now'
>;

/** What it takes to say of an event's mails what becomes of them, read once. */
export async function readReleasing(
  deps: ReleasingDeps,
  eventId: string,
  picked: Picked,
): Promise<{ releasing: Releasing; around: Around }> {
  const event = found(await deps.events.get(eventId, { consistent: true }));
  const [surroundings, campaigns, runs] = await Promise.all([
    readSurroundings(deps, event),
    deps.campaigns.list(eventId),
    deps.runs.ofEvent(eventId),
  ]);
  const around = { ...surroundings, campaigns, runs };
  return { releasing: releasing(picked, around), around };
}

/** Meets everybody whom mail of the event goes to: its people, and the organiser, who has a row, too. */
export async function meetAddressees(
  deps: Pick<Deps, 'registrations'>,
  eventId: string,
  meet: (row: Registration) => void,
): Promise<void> {
  const organiser = await deps.registrations.get(eventId, ORGANISER_ID);
  if (organiser) meet(organiser);
  await meetEverybody(deps, eventId, meet);
}
