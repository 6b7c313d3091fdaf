import { attendedFor } from '#shared/domain/certificate.ts';
import type { Event, Speaker } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { whenOf } from '#shared/domain/when.ts';
import type { Room } from './fit-into.ts';
import { SHEET } from './sheet.ts';

/** What a certificate of attendance says. */
export interface Certificate {
  readonly site: { readonly name: string };
  readonly event: Event;
  readonly registration: Pick<Registration, 'name' | 'minutes' | 'timeZone'>;
  /** As `certificateCode` writes it. */
  readonly code: string;
  /** Where anybody sees whether it is genuine. */
  readonly address: string;
}

/** One text on the sheet and where it goes. */
export interface Part extends Room {
  /** What it says, and what instead where no font has a letter of that. */
  readonly texts: readonly string[];
  readonly x: number;
  /** From the top of the sheet; left out, it stands below the part before it. */
  readonly y?: number;
  /** How far below. */
  readonly above?: number;
  readonly colour: string;
  readonly strong?: boolean;
  readonly tag?: 'H1';
  readonly link?: string;
  /** Rather another of its texts, or none, than a smaller one. */
  readonly atSize?: boolean;
}

export const COLOURS = { accent: '#0b5c66', ink: '#16202a', muted: '#3f4b57', line: '#d9d4ca' };
/** Where everything begins, and how wide it may be. */
export const LEFT = 76;
const WIDTH = SHEET.width - 2 * LEFT;
/** How far down the words on checking it begin. */
export const CHECK = 476;

/** Everything on the sheet in the order in which it is read aloud. */
export const partsOf = (certificate: Certificate): Part[] => [
  { ...SMALL, texts: [certificate.site.name], x: LEFT + 34, y: 61, size: 14, strong: true, colour: COLOURS.ink },
  ...statement(certificate),
  ...facts(certificate),
  ...check(certificate),
];

const SMALL = { x: LEFT, width: WIDTH, height: 24, size: 12, colour: COLOURS.muted };
const SAID = { ...SMALL, strong: true, colour: COLOURS.ink };
const FACT = { ...SMALL, above: 3, height: 17, colour: COLOURS.ink };
const BELOW = 'at the address below';

/** Who attended what. */
const statement = ({ event, registration }: Certificate): Part[] => [
  { ...SAID, texts: ['Certificate of attendance'], y: 100, size: 30, height: 46, tag: 'H1', colour: COLOURS.accent },
  { ...SMALL, texts: ['This certifies that'], above: 16 },
  { ...SAID, texts: [registration.name, `the person named ${BELOW}`], above: 2, size: 37, height: 86 },
  { ...SMALL, texts: ['attended'], above: 8 },
  { ...SAID, texts: [event.title, `the event described ${BELOW}`], above: 2, size: 22, height: 82 },
];

/** When, for how long, by whom and with whom. */
const facts = ({ event, registration: { minutes } }: Certificate): Part[] => [
  { ...FACT, texts: [whenOf(event.startInstant, event.endInstant, event.timeZone)], above: 16 },
  ...(minutes === undefined ? [] : [{ ...FACT, texts: [`Attended for ${attendedFor(minutes)}`] }]),
  { ...FACT, texts: [`Organised by ${event.organiser.name}`] },
  { ...FACT, texts: speakersIn(event.speakers), height: 2 * FACT.height, atSize: true },
];

/** With whom they speak for, if there is room; else their names alone. */
function speakersIn(speakers: readonly Speaker[]): string[] {
  if (speakers.length === 0) return [];
  const inFull = speakers.map(({ name, organisation }) => [name, organisation].filter(Boolean).join(', '));
  return [`With ${inFull.join('; ')}`, `With ${speakers.map(({ name }) => name).join(', ')}`];
}

/** How anybody sees whether it is genuine. */
const check = ({ code, address }: Certificate): Part[] => [
  { ...SMALL, texts: ['Verification code'], y: CHECK + 9, size: 9.5 },
  { ...SAID, texts: [code], size: 12 },
  { ...SMALL, texts: ['Anybody can see at this address whether this certificate is genuine:'], above: 4, size: 9.5 },
  { ...SMALL, texts: [address], size: 9.5, colour: COLOURS.accent, link: address },
];
