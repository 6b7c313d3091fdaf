import { type Circumstances, decide } from './decide.ts';
import { readDelivery } from './delivery.ts';
import { isFired, type Joining } from './late.ts';
import { writeMailKey } from './mail-key.ts';
import type { MailKind } from './mail-kinds.ts';
import { occasionOf } from './occasion.ts';

/** Joining mails that another mail brings along, and those that cannot go now but are owed from now on. */
export interface Load {
  readonly brought: readonly string[];
  readonly owed: readonly string[];
}

const NOTHING: Load = { brought: [], owed: [] };

/** Whether mails of this kind bring along how to join, to those who came after everybody else was told. */
export const carriesJoining = (kind: MailKind): boolean => kind === 'confirmation' || kind === 'change';

/**
 * What a confirmation or a change notice brings along: joining mails that count as sent to everybody already, and that
 * this person has not had. A paused one is owed on resume. What a mail in doubt brought, its second attempt brings again
 * if it is for the present start, and no more: the first may have arrived.
 */
export function loadOf(
  { mailKey, kind, isTakeOver }: { mailKey: string; kind: MailKind; isTakeOver: boolean },
  joinings: readonly Joining[],
  circumstances: Circumstances,
): Load {
  if (!carriesJoining(kind)) return NOTHING;
  const { event, registration, now, gaps } = circumstances;
  const keyFor = ({ campaign: { campaignId, kind: each } }: Joining) => ({
    campaign: campaignId,
    occasion: occasionOf(each, event),
  });
  if (isTakeOver) {
    const before = broughtBy(mailKey, registration.deliveries);
    return {
      ...NOTHING,
      brought: joinings
        .map(keyFor)
        .map(writeMailKey)
        .filter((key) => before.includes(key)),
    };
  }
  const noticeAt = kind === 'change' ? now : undefined;
  const [brought, owed]: [string[], string[]] = [[], []];
  for (const joining of joinings) {
    const { campaign } = joining;
    const key = keyFor(joining);
    const entry = registration.deliveries[writeMailKey(key)];
    const known = entry === undefined ? undefined : readDelivery(entry);
    const isOpen = known === undefined || known.state === 'skipped';
    // Its run passes by whoever left it at another address, be that run still to come.
    const isLeft = known?.reason === 'moved';
    if (!isOpen || !(isLeft || isFired(joining, { event, now, noticeAt, gaps }))) continue;
    const decision = decide(key, { ...circumstances, campaign, firedAt: undefined });
    if (decision.do === 'send') brought.push(writeMailKey(key));
    if (decision.do === 'wait') owed.push(writeMailKey(key));
  }
  return { brought, owed };
}

/** Keys of the mails that this one brought along. */
export const broughtBy = (mailKey: string, deliveries: Readonly<Record<string, string>>): string[] =>
  Object.entries(deliveries).flatMap(([key, entry]) => {
    const { state, reason } = readDelivery(entry);
    return state === 'merged' && reason === mailKey ? [key] : [];
  });
