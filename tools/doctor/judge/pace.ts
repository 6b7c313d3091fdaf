import { fine, hurts, note, soon, type Verdict } from '../finding.ts';
import { counted, span } from '../words.ts';

/** A campaign that will fire: how many it may reach, and how long its mails are of use. */
export interface Ahead {
  readonly slug: string;
  readonly kind: string;
  /** Epoch seconds. */
  readonly dueAt: number;
  readonly notAfter: number;
  readonly people: number;
  /** Counted in one eighth of the people, and reckoned from that. */
  readonly about?: boolean;
}

/** What the account may send. */
export interface Allowance {
  /** Mails a second. */
  readonly rate: number;
  /** Mails in 24 hours; undefined where there is no limit. */
  readonly quota: number | undefined;
  readonly sentLast24Hours: number;
  /** When that was so, epoch seconds. */
  readonly now: number;
}

const DAY = 86_400;
const MORE_QUOTA = 'Ask Amazon for more: Service Quotas, Amazon SES, in good time';

/** Whether the account's rate and daily quota are enough for what is to come. */
export function judgePace(ahead: readonly Ahead[], allowance: Allowance): Verdict[] {
  const biggest = ahead.reduce<Ahead | undefined>(
    (most, each) => (each.people > (most?.people ?? 0) ? each : most),
    undefined,
  );
  if (!biggest)
    return [note(`No campaign with people in it is ahead; the account may send ${perSecond(allowance.rate)}.`)];
  const found = [...judgeRate(ahead, allowance), ...judgeQuota(ahead, allowance)];
  if (found.length > 0) return found;
  const { people, slug, kind, dueAt, notAfter, about } = biggest;
  const mails = `${about ? 'about ' : ''}${counted(people, 'mail')}`;
  return [
    fine(
      `The biggest event ahead is ${slug}: ${mails} at ${perSecond(allowance.rate)} take ${taking(people / allowance.rate)}, and its ${mailOf(kind)} has ${span(notAfter - dueAt)}.`,
    ),
  ];
}

function judgeRate(ahead: readonly Ahead[], { rate }: Allowance): Verdict[] {
  return ahead.flatMap(({ slug, kind, people, dueAt, notAfter }): Verdict[] => {
    const [takes, has] = [people / rate, notAfter - dueAt];
    const mails = `${counted(people, 'mail')} at ${perSecond(rate)} take ${taking(takes)}`;
    if (takes > has)
      return [
        hurts(
          `The ${mailOf(kind)} of ${slug} cannot be told to all in time: ${mails}, and it has ${span(has)}; ${counted(people - Math.floor(has * rate), 'person', 'people')} will not get it.`,
          `${MORE_QUOTA}; or have it fire earlier`,
        ),
      ];
    if (takes > has / 2)
      return [
        soon(
          `The ${mailOf(kind)} of ${slug} is tight: ${mails}, and it has ${span(has)}.`,
          `${MORE_QUOTA}; or have it fire earlier`,
        ),
      ];
    return [];
  });
}

/** The 24 hours with the most mails, and those that have begun. */
function judgeQuota(ahead: readonly Ahead[], { quota, sentLast24Hours, now }: Allowance): Verdict[] {
  if (quota === undefined) return [];
  const within = (from: number) =>
    ahead.reduce((sum, { dueAt, people }) => (dueAt >= from && dueAt < from + DAY ? sum + people : sum), 0);
  const most = Math.max(0, ...ahead.map(({ dueAt }) => within(dueAt)));
  const today = within(now) + sentLast24Hours;
  const [needed, when] =
    today > most
      ? [today, `the ${sentLast24Hours.toLocaleString('en-GB')} of the last day counted in`]
      : [most, 'on the fullest day ahead'];
  const fits = `${counted(needed, 'mail')} within 24 hours, ${when}; the account may send ${quota.toLocaleString('en-GB')}`;
  if (needed > quota)
    return [
      hurts(
        `SES’s daily quota is too small: ${fits}, so ${counted(needed - quota, 'person', 'people')} wait a day or get nothing.`,
        MORE_QUOTA,
      ),
    ];
  if (needed > quota * 0.8) return [soon(`SES’s daily quota is nearly used up: ${fits}.`, MORE_QUOTA)];
  return [];
}

/** A campaign's kind as one says it. */
const MAILS: Readonly<Record<string, string>> = {
  joining: 'joining mail',
  survey: 'survey mail',
  nudge: 'second survey mail',
};
const mailOf = (kind: string): string => MAILS[kind] ?? kind;

/** How long so many mails take: a breath is not worth a number. */
const taking = (seconds: number): string => (seconds < 1 ? 'less than a second' : span(seconds));

const perSecond = (rate: number) => `${Number(rate.toPrecision(3))}/s`;
