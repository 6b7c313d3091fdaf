import type { Site } from '#shared/config.ts';
import type { Chance } from '#shared/domain/ids.ts';
import { type ControlStore, controlStore } from '#shared/store/control.ts';
import { type EventStore, eventStore } from '#shared/store/events.ts';
import { type RegistrationStore, registrationStore } from '#shared/store/registrations.ts';
import { type SeatStore, seatStore } from '#shared/store/seats.ts';
import type { Table } from '#shared/store/table.ts';

/** Where the API stands, and what it takes from outside. */
interface Surroundings {
  /** Where the pages are: "https://events.example.org". */
  readonly siteUrl: string;
  /** Whose events these are unless they say otherwise, and how long people's data is kept. */
  readonly site: Pick<Site, 'organiser' | 'retentionDays'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly chance: Chance;
}

/** What the routes of the organiser's API work with. */
export interface Deps extends Surroundings {
  readonly events: EventStore;
  readonly registrations: RegistrationStore;
  readonly seats: Pick<SeatStore, 'get' | 'getMany'>;
  readonly control: ControlStore;
}

/** The stores of one table, and the rest. */
export const depsOn = (table: Table, surroundings: Surroundings): Deps => ({
  ...surroundings,
  events: eventStore(table),
  registrations: registrationStore(table),
  seats: seatStore(table),
  control: controlStore(table),
});
