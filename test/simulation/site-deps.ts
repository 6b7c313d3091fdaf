import { allowMail } from '#shared/site/allow-mail.ts';
import { allowTelling } from '#shared/site/allow-telling.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { ticketStore } from '#shared/store/tickets.ts';
import { TIMINGS } from '#test/support/sending.ts';
import type { Life } from './life.ts';
import type { Setting } from './setting.ts';
import { ADDRESS_KEY } from './visits.ts';
import type { World } from './world.ts';

const GENEROUS = { limit: 1000, seconds: 3600 };
const TIGHT = { limit: 4, seconds: 300 };
const ONE = { limit: 1, seconds: 300 };

export interface SiteSettings {
  readonly tightBudgets: boolean;
  /** A mailbox has room for one mail, so that first mails are dropped. */
  readonly tightMailboxes: boolean;
  /** Seconds. */
  readonly confirmWithin: number;
}

/** What the pages of the site are built from, as their `handler.ts` files do it. */
export function siteDeps(
  { time, chance }: Setting,
  { base }: World,
  { tightBudgets, tightMailboxes, confirmWithin }: SiteSettings,
) {
  const event = tightBudgets ? TIGHT : GENEROUS;
  const address = tightMailboxes ? ONE : GENEROUS;
  const limits = { address, ipPrefix: GENEROUS, event, overall: GENEROUS };
  return (process: Life) => {
    const deps = base(process);
    const common = {
      ...deps,
      addressKey: ADDRESS_KEY,
      limits,
      now: () => Math.floor(time.now()),
      chance: chance.bytes,
    };
    const budgeted = { ...common, budgets: budgetStore(deps.table), tickets: ticketStore(deps.table) };
    const allowed = { allowMail: allowMail(budgeted), mayTellOld: allowTelling(budgeted) };
    return { ...budgeted, ...allowed, timings: { ...TIMINGS, confirmWithin } };
  };
}
export type SiteDeps = ReturnType<ReturnType<typeof siteDeps>>;
