import type { AttributeValue } from 'aws-lambda';
import { type Fact, facts } from '#events/catalogue.ts';
import type { Nudge } from '#shared/queue/messages.ts';

/** The row after a write, as the stream carries it: attributes with their types. */
export type Image = Readonly<Record<string, AttributeValue>>;

/** What one record of the stream says: a fact for the bus and, of a capped event, somebody for `admit` to look at. */
export interface Stated {
  readonly fact: Fact;
  readonly detail: { readonly id: string; readonly time: string; readonly version: number; readonly data: unknown };
  readonly nudge: Nudge | undefined;
}

/** Reads the fact a row states. Throws when this version knows no such fact, or when its ids are not ids. */
export function factOf(image: Image, { id, time }: { id: string; time: string }): Stated {
  const name = image.fact?.S;
  const fact = facts.find((each) => each.name === name);
  if (!fact) throw new Error(`No such fact: ${name}`);
  const data = fact.data.parse(idsIn(image));
  return { fact, detail: { id, time, version: fact.version, data }, nudge: nudgeOf(fact, image) };
}

const IDS = ['eventId', 'registrationId', 'wishId'] as const;

/** Facts carry ids and nothing else, whatever the row holds. */
const idsIn = (image: Image): Record<string, string> =>
  Object.fromEntries(IDS.flatMap((name) => (image[name]?.S ? [[name, image[name].S]] : [])));

function nudgeOf({ name }: Fact, image: Image): Nudge | undefined {
  const eventId = image.eventId?.S ?? '';
  const registrationId = image.registrationId?.S ?? '';
  switch (name) {
    case 'registration.applied':
      return { v: 1, eventId, registrationId };
    case 'registration.cancelled':
    case 'registration.erased':
      return image.seat && { v: 1, eventId, registrationId };
    case 'event.changed':
      return image.capacity && { v: 1, eventId };
    default:
      return undefined;
  }
}
