import type { Clock } from '#shared/clock.ts';
import type { Site } from '#shared/config.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Chance } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { FileAddresses, Files } from '#shared/files/files.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { Telling } from '#shared/site/allow-telling.ts';
import { type AttendanceStore, attendanceStore } from '#shared/store/attendance.ts';
import { type CampaignStore, campaignStore } from '#shared/store/campaigns.ts';
import { type ControlStore, controlStore } from '#shared/store/control.ts';
import { type Eraser, eraser } from '#shared/store/eraser.ts';
import { type EventStore, eventStore } from '#shared/store/events.ts';
import { type JobStore, jobStore } from '#shared/store/jobs.ts';
import { type OrganiserStore, organiserStore } from '#shared/store/organisers.ts';
import { type RateStore, rateStore } from '#shared/store/rates.ts';
import { type RegistrationStore, registrationStore } from '#shared/store/registrations.ts';
import { type RunStore, runStore } from '#shared/store/runs.ts';
import { type SeatStore, seatStore } from '#shared/store/seats.ts';
import { type SurveyAnswerStore, surveyAnswerStore } from '#shared/store/survey-answers.ts';
import type { Table } from '#shared/store/table.ts';

/** Where the API stands, and what it takes from outside. */
interface Surroundings {
  /** Where the pages are: "https://events.example.org". */
  readonly siteUrl: string;
  /** What it is called, whose events these are unless they say otherwise, and how long people's data is kept. */
  readonly site: Pick<Site, 'name' | 'organiser' | 'retentionDays'>;
  readonly timings: Timings;
  /** Whether this stage sends mail to the address at all. */
  readonly mayReach: (address: string) => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly chance: Chance;
  /** Resolves after so many milliseconds. */
  readonly sleep: Clock['sleep'];
  /** The hash under which a person's place at an event is taken. */
  readonly placeHash: (event: Event, person: Pick<Registration, 'email' | 'name'>) => Promise<string>;
  /** Whether an address that a registration leaves may be told. */
  readonly mayTellOld: Telling;
  /** Puts messages that walk through a run's people; throws when the queue did not take them all. */
  readonly fanOut: (messages: readonly Outgoing[]) => Promise<void>;
  /** Puts messages for `jobs`; throws when the queue did not take them all. */
  readonly workOn: (messages: readonly Outgoing[]) => Promise<void>;
  /** What long work reads and makes. */
  readonly files: FileAddresses & Pick<Files, 'look' | 'read'>;
}

/** What the routes of the organiser's API work with. */
export interface Deps extends Surroundings {
  readonly events: EventStore;
  readonly campaigns: CampaignStore;
  readonly runs: RunStore;
  readonly registrations: RegistrationStore;
  readonly eraser: Pick<Eraser, 'removeTraces' | 'removeRow'>;
  readonly seats: Pick<SeatStore, 'get' | 'getMany' | 'placeOf'>;
  readonly control: ControlStore;
  readonly surveyAnswers: Pick<SurveyAnswerStore, 'page' | 'totals' | 'count'>;
  readonly jobs: Pick<JobStore, 'add' | 'get' | 'save'>;
  readonly attendance: AttendanceStore;
  readonly rates: RateStore;
  readonly organisers: Pick<OrganiserStore, 'get' | 'ask'>;
}

/** The stores of one table, and the rest. */
export const depsOn = (table: Table, surroundings: Surroundings): Deps => ({
  ...surroundings,
  events: eventStore(table),
  campaigns: campaignStore(table),
  runs: runStore(table),
  registrations: registrationStore(table),
  eraser: eraser(table),
  seats: seatStore(table),
  control: controlStore(table),
  surveyAnswers: surveyAnswerStore(table),
  jobs: jobStore(table),
  attendance: attendanceStore(table),
  rates: rateStore(table),
  organisers: organiserStore(table),
});
