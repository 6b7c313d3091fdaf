import { correctAddress } from '#functions/guest-site/correct-address.ts';
import { takeForm } from '#functions/guest-site/take-form.ts';
import { requestMail } from '#shared/domain/change-registration.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { acknowledged } from './acknowledged.ts';
import { addressOf, type Person, renamed } from './canary.ts';
import { answersOf } from './choices.ts';
import type { Deed } from './faults.ts';
import type { History } from './history.ts';
import { life } from './life.ts';
import type { Setting } from './setting.ts';
import { type SiteDeps, type SiteSettings, siteDeps } from './site-deps.ts';
import { IP, type Visit, visit } from './visits.ts';
import type { World } from './world.ts';

/** What people wish behind their personal links, in the words of the pages, and what it is when it comes true. */
const VISITS = {
  cancel: { deed: 'cancels', purpose: 'manage', press: 'cancel' },
  undo: { deed: 'undoes it', purpose: 'manage', press: 'undo' },
  mute: { deed: 'mutes', purpose: 'stop', press: 'mute' },
  unmute: { deed: 'unmutes', purpose: 'manage', press: 'unmute' },
  send: { deed: 'has it sent after all', purpose: 'manage', press: 'send' },
  confirm: { deed: 'confirms their address', purpose: 'manage', press: 'confirm' },
  correct: { deed: 'corrects their details', purpose: 'manage', page: '/details', press: 'correct' },
  move: { deed: 'asks for another address', purpose: 'manage', page: '/address', press: 'move' },
  object: { deed: 'objects to a move', purpose: 'object', press: 'object' },
  use: { deed: 'confirms another address', purpose: 'address', press: 'use' },
  join: { deed: 'joins', purpose: 'join', press: 'join' },
  answer: { deed: 'answers the survey', purpose: 'survey', press: 'answer' },
  'answer anonymously': { deed: 'answers anonymously', purpose: 'survey', press: 'answer-anonymously' },
  erase: { deed: 'erases their data', purpose: 'manage', page: '/erase', press: 'erase' },
} as const satisfies Record<string, Visit & { deed: Deed }>;
export type Wish = keyof typeof VISITS | 'resend';

interface PeopleSettings extends SiteSettings {
  readonly past: History;
  /** Addresses that somebody has proved to be theirs, by whose registration. */
  readonly proofs: Set<string>;
}

/** What people do on the site, and organisers for them: each request a process of its own, which may die half-way. */
export function people(setting: Setting, world: World, { past, proofs, ...settings }: PeopleSettings) {
  const { time, chance, faults, trace, violated } = setting;
  const depsOf = siteDeps(setting, world, settings);
  const own = chance.fork('what people choose');
  const relied = acknowledged(setting, past, proofs);
  /** What the pages behind the form hold. */
  const tickets: { readonly eventId: string; readonly ticket: string; readonly person: Person }[] = [];
  let requests = 0;

  const asRequest = (what: string, act: (deps: SiteDeps) => Promise<Deed | undefined>): void => {
    const process = life(`site#${++requests}`, setting);
    trace(process.name, () => what);
    act(depsOf(process)).then(
      (deed) => {
        if (deed) faults.note(deed);
        trace(process.name, () => (deed ? 'done' : 'nothing came of it'));
      },
      (error: unknown) => {
        if (error instanceof TypeError || error instanceof RangeError) violated('the site broke', error.stack);
        trace(process.name, () => `${error instanceof Refusal ? 'refuses' : 'fails'}: ${String(error)}`);
      },
    );
  };

  /** Mostly another one of theirs, now and then one that somebody else has. */
  const otherAddress = ({ email, eventId }: { readonly email: unknown; readonly eventId: unknown }): string => {
    const others = past.rowsOf(eventId);
    if (others.length > 0 && chance.happens(0.2)) return String(chance.pick(others).email);
    return addressOf(String(email), chance.pick(['', 'b', 'c']));
  };
  /** An answer to the form as it was when they opened it. */
  const chosenAnew = (eventId: unknown): Record<string, string> => {
    const event = past.latest(keys.event(String(eventId))) as unknown as Event | undefined;
    return Object.fromEntries(Object.entries(answersOf(event, own)).map(([id, words]) => [`answers.${id}`, words]));
  };
  const typed = (wish: Wish, row: Item): Record<string, string> => {
    switch (wish) {
      case 'move':
        return { email: otherAddress({ email: row.email, eventId: row.eventId }) };
      case 'correct':
        return { name: renamed(String(row.name)), organisation: `Org of ${row.name}`, ...chosenAnew(row.eventId) };
      case 'answer':
        return { 'answers.overall': String(chance.whole(1, 5)), 'answers.improve': `Words of ${row.name}` };
      case 'answer anonymously':
        return { 'answers.overall': String(chance.whole(1, 5)), 'answers.improve': 'Words of nobody' };
      default:
        return {};
    }
  };

  const register = (eventId: string, person: Person, deed: Deed = 'registers'): void =>
    asRequest(`${person.name} registers`, async (deps) => {
      const event = await deps.events.get(eventId);
      if (!event) return undefined;
      const since = time.now();
      const organisation = chance.happens(0.5) ? `Org of ${person.name}` : undefined;
      const answers = answersOf(event, own);
      const form = { ...person, organisation, jobTitle: undefined, answers };
      const { ticket } = await takeForm(deps)({ event, form, ip: IP, privacyVersion: undefined });
      relied.registered(eventId, person, since);
      tickets.push({ eventId, ticket, person });
      return deed;
    });

  function see(row: Item, wish: keyof typeof VISITS): void {
    const { deed, ...page } = VISITS[wish];
    const link = relied.linkOf(row);
    asRequest(`${wish} ${row.registrationId}`, async (deps) => {
      const press = relied.press(link, wish);
      const logger = { ...deps.logger, error: press.noting(deps.logger.error) };
      const status = await visit({ ...deps, logger }, link, { ...page, fields: typed(wish, link) });
      press.answered(status);
      if (status < 400 && wish === 'erase') comeBack(link);
      return status < 400 ? deed : undefined;
    });
  }

  /** Who is erased is nobody that was ever here, and may come. */
  function comeBack({ eventId, name, email }: Item): void {
    if (!chance.happens(0.5)) return;
    const person = { name: String(name), email: String(email) };
    time.after(chance.pick([0, 1000, 60_000]) * chance.next(), () =>
      register(String(eventId), person, 'comes back after erasure'),
    );
  }

  return {
    register,

    /** Somebody sees on the page behind the form that they mistyped. */
    correctAddress(): void {
      if (tickets.length === 0) return;
      const { eventId, ticket, person } = chance.pick(tickets.slice(-4));
      const email = otherAddress({ eventId, email: person.email });
      asRequest(`${person.name} corrects their address to ${email}`, async (deps) => {
        const event = await deps.events.get(eventId);
        if (!event) return undefined;
        await correctAddress(deps)({ event, ticket, email, ip: IP });
        return 'corrects their address';
      });
    },

    change(eventId: string, registrationId: string, wish: Wish): void {
      const row = past.living(keys.registration(eventId, registrationId));
      if (!row) return;
      if (wish === 'resend') sendAgain(eventId, registrationId);
      else see(row, wish);
    },
  };

  function sendAgain(eventId: string, registrationId: string): void {
    asRequest(`resend ${registrationId}`, async (deps) => {
      const found = await deps.registrations.get(eventId, registrationId);
      if (!found) return undefined;
      const request = {
        kind: 'resend',
        now: Math.floor(time.now() / 1000),
        chance: randomWord(6, chance.bytes),
      } as const;
      await deps.registrations.revise(found, (current) => requestMail(current, request));
      return 'has it sent again';
    });
  }
}
export type People = ReturnType<typeof people>;
