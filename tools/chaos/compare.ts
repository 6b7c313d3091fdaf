import { CONFIRMATION_CAMPAIGN } from '#shared/domain/mail-key.ts';
import type { Registration } from '#shared/domain/registration.ts';

/** A SendEmail request that SES accepted. */
export interface AcceptedMail {
  /** When, as an instant. */
  readonly at: string;
  /** As tagged: whose, of which campaign, for which occasion. */
  readonly mailKey: string;
  readonly registrationId: string;
  /** 1 for the first claim; more where a doubt was taken over. */
  readonly attempt: number;
}

/** What is to be compared about one event. */
export interface Account {
  /** Addresses whose registration was acknowledged. */
  readonly acknowledged: readonly string[];
  readonly rows: readonly Registration[];
  readonly mails: readonly AcceptedMail[];
  /** Campaigns of which everybody with a place is to have one mail. */
  readonly campaigns: readonly string[];
  readonly capacity: number | undefined;
}

const SETTLED = ['sent', 'delivered', 'bounced', 'complained'];
const campaignOf = (mailKey: string) => mailKey.split('@')[0] ?? '';

/** Person by person, what is not as it should be: a sentence each, by id. */
export function compare({ acknowledged, rows, mails, campaigns, capacity }: Account): string[] {
  const wrong: string[] = [];
  const byAddress = Map.groupBy(rows, ({ email }) => email);
  acknowledged.forEach((email, at) => {
    if (!byAddress.has(email)) wrong.push(`acknowledged, and lost: the ${at + 1}th`);
  });
  for (const [, same] of byAddress) {
    if (same.length > 1) wrong.push(`${same[0]?.registrationId}: has ${same.length} places`);
  }
  const byPerson = Map.groupBy(mails, ({ registrationId }) => registrationId);
  for (const row of rows) wrong.push(...wrongAbout(row, byPerson.get(row.registrationId) ?? [], campaigns));
  const known = new Set(rows.map(({ registrationId }) => registrationId));
  for (const registrationId of byPerson.keys()) {
    if (!known.has(registrationId)) wrong.push(`${registrationId}: was mailed, and is nobody`);
  }
  const seated = rows.filter(({ status }) => status === 'confirmed').length;
  if (capacity !== undefined && seated > capacity) wrong.push(`${seated} have a place where there are ${capacity}`);
  return wrong;
}

/** Mails received against the ledger, and against what everybody with a place is owed. */
function wrongAbout(row: Registration, mails: readonly AcceptedMail[], campaigns: readonly string[]): string[] {
  const { registrationId, status, deliveries } = row;
  const wrong: string[] = [];
  const byKey = Map.groupBy(mails, ({ mailKey }) => mailKey);
  for (const [mailKey, same] of byKey) {
    const went = same.map(({ at, attempt }) => `attempt ${attempt} at ${at}`).join(', ');
    if (same.length > 1) wrong.push(`${registrationId}: ${mailKey} was sent ${same.length} times: ${went}`);
    const state = deliveries[mailKey]?.split('|')[0] ?? 'nothing';
    if (!SETTLED.includes(state)) wrong.push(`${registrationId}: ${mailKey} was sent, and the ledger says ${state}`);
  }
  const first = mails.find(({ mailKey }) => campaignOf(mailKey) === CONFIRMATION_CAMPAIGN);
  const early = mails.find(({ at, mailKey }) => campaigns.includes(campaignOf(mailKey)) && first && at < first.at);
  if (early) wrong.push(`${registrationId}: ${early.mailKey} came before the first mail`);
  for (const [mailKey, entry] of Object.entries(deliveries)) {
    const [state = ''] = entry.split('|');
    if (state === 'claimed') wrong.push(`${registrationId}: ${mailKey} is claimed still`);
    if (SETTLED.includes(state) && !byKey.has(mailKey))
      wrong.push(`${registrationId}: ${mailKey} is ${state}, and SES knows of none`);
  }
  if (status === 'applied') wrong.push(`${registrationId}: nobody has decided about the place`);
  if (status !== 'confirmed') return wrong;
  for (const campaign of campaigns) {
    const entry = Object.entries(deliveries).find(([mailKey]) => campaignOf(mailKey) === campaign)?.[1];
    const state = entry?.split('|')[0] ?? 'nothing';
    if (!SETTLED.includes(state)) wrong.push(`${registrationId}: has no mail of campaign ${campaign}, but ${state}`);
  }
  return wrong;
}
