import type { Item } from '#shared/store/table.ts';
import { once, type Patient } from '../patient.ts';

/** What a clock must come back for, by kind, as the table lists it. */
export interface Due {
  readonly eventId: string;
  readonly sk: string;
  /** Epoch seconds. */
  readonly dueAt: number;
}

/** At most so many of a kind: a service with more has other troubles, and the report stays short. */
const MOST = 5000;

const list = (kind: string) =>
  once(async ({ table }: Patient): Promise<Due[]> => {
    const found: Due[] = [];
    let after: Record<string, unknown> | undefined;
    do {
      const page = await table.query({ index: 'due', partition: kind, after });
      found.push(...page.items.map(dueOf));
      after = page.after;
    } while (after && found.length < MOST);
    return found;
  });

const dueOf = ({ pk, sk, dueAt }: Item): Due => ({ eventId: pk.slice('EVENT#'.length), sk, dueAt: Number(dueAt) });

export const readDue = {
  campaigns: list('campaign'),
  plans: list('plan'),
  notices: list('notice'),
  purges: list('purge'),
};

/** Armed campaigns, by event and number. */
export const readArmed = async (patient: Patient) =>
  (await readDue.campaigns(patient)).map(({ eventId, sk, dueAt }) => ({
    eventId,
    campaignId: sk.slice('CAMPAIGN#'.length),
    dueAt,
  }));
