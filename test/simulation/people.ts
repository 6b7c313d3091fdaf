import { takeRegistration } from '#functions/guest-site/take-registration.ts';
import { cancel, mute, registerAgain, requestMail } from '#shared/domain/change-registration.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { ensureOpen } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantAt } from '#shared/domain/time.ts';
import { allowMail } from '#shared/site/allow-mail.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import type { Transition } from '#shared/store/registrations.ts';
import { TIMINGS } from '#test/support/sending.ts';
import type { Deed } from './faults.ts';
import { life } from './life.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

const GENEROUS = { limit: 1000, seconds: 3600 };
const TIGHT = { limit: 4, seconds: 300 };

export interface Person {
  readonly name: string;
  readonly email: string;
}
export type Wish = 'cancel' | 'undo' | 'mute' | 'unmute' | 'resend';

const DEED: Record<Wish, Deed> = {
  cancel: 'cancels',
  undo: 'undoes it',
  mute: 'mutes',
  unmute: 'unmutes',
  resend: 'has it sent again',
};

/** What people do on the site, and organisers for them: each request a process of its own, which may die half-way. */
export function people(setting: Setting, { base }: World, { tightBudgets }: { tightBudgets: boolean }) {
  const { time, chance, faults, trace, violated } = setting;
  const budget = tightBudgets ? TIGHT : GENEROUS;
  const limits = { address: GENEROUS, ipPrefix: GENEROUS, event: budget, overall: GENEROUS };
  let requests = 0;

  const asRequest = (what: string, deed: Deed, act: (deps: ReturnType<typeof depsOf>) => Promise<unknown>): void => {
    const process = life(`site#${++requests}`, setting);
    trace(process.name, () => what);
    act(depsOf(process)).then(
      () => {
        faults.note(deed);
        trace(process.name, () => 'done');
      },
      (error: unknown) => {
        if (error instanceof TypeError || error instanceof RangeError) violated('the site broke', error.stack);
        trace(process.name, () => `${error instanceof Refusal ? 'refuses' : 'fails'}: ${String(error)}`);
      },
    );
  };
  const depsOf = (process: ReturnType<typeof life>) => {
    const deps = base(process);
    return {
      ...deps,
      budgets: budgetStore(deps.table),
      limits,
      timings: TIMINGS,
      addressKey: 'k',
      now: time.now,
      chance: chance.bytes,
    };
  };

  return {
    register: (eventId: string, { name, email }: Person): void =>
      asRequest(`${name} registers`, 'registers', async (deps) => {
        const event = await deps.events.get(eventId);
        if (!event) return;
        const form = { name, email, answers: {}, organisation: undefined, jobTitle: undefined };
        await takeRegistration(deps)({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
      }),

    change: (eventId: string, registrationId: string, wish: Wish): void =>
      asRequest(`${wish} ${registrationId}`, DEED[wish], async (deps) => {
        const [event, row] = await Promise.all([
          deps.events.get(eventId),
          deps.registrations.get(eventId, registrationId),
        ]);
        if (!event || !row) return;
        const now = instantAt(Math.floor(time.now() / 1000));
        const transition = async (): Promise<Transition> => {
          switch (wish) {
            case 'cancel':
              return (current: Registration) => cancel(current, now);
            case 'mute':
            case 'unmute':
              return (current: Registration) => mute(current, wish === 'mute');
            case 'resend': {
              const request = {
                kind: 'resend',
                now: Math.floor(time.now() / 1000),
                chance: randomWord(6, chance.bytes),
              } as const;
              return (current: Registration) => requestMail(current, request);
            }
            case 'undo': {
              ensureOpen(event, time.now());
              const allowance = await allowMail(deps)({ eventId, email: row.email, ip: '203.0.113.7' });
              const capped = event.capacity !== undefined;
              return (current: Registration) => registerAgain(current, { capped, now, allowance });
            }
          }
        };
        await deps.registrations.revise(row, await transition());
      }),
  };
}
export type People = ReturnType<typeof people>;
