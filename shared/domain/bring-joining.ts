import { type Circumstances, decide } from './decide.ts';
import { type Delivery, isSettled, readDelivery } from './delivery.ts';
import { isFired, type Joining } from './late.ts';
import { writeMailKey } from './mail-key.ts';
import type { MailKind } from './mail-kinds.ts';
import { occasionOf } from './occasion.ts';
import type { Registration } from './registration.ts';

/** Joining mails that another mail brings along, and those that cannot go now but are owed from now on. */
export interface Load {
  readonly brought: readonly string[];
  readonly owed: readonly string[];
}

/** Why a joining mail counts as skipped whose address was left. */
export const MOVED = 'moved';

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
  // What brings it along is about to go, so our sender is not refused.
  const control = circumstances.control && { ...circumstances.control, refusedUntil: 0 };
  const [brought, owed]: [string[], string[]] = [[], []];
  for (const joining of joinings) {
    const { campaign } = joining;
    const key = keyFor(joining);
    const entry = registration.deliveries[writeMailKey(key)];
    const known = entry === undefined ? undefined : readDelivery(entry);
    if (known !== undefined && !wasForNothing(registration, known)) continue;
    // Who was told where they were before, by a notice ahead of its time perhaps, is told again where they are now.
    if (known?.reason !== MOVED && !isFired(joining, { event, now, noticeAt, gaps })) continue;
    const decision = decide(key, { ...circumstances, control, campaign, firedAt: undefined, comesAlong: true });
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

type Ledger = Pick<Registration, 'deliveries'>;

/** What became of the mail that brought this one along, if one did. */
function carrierOf({ deliveries }: Ledger, { state, reason = '' }: Delivery): Delivery | undefined {
  const entry = state === 'merged' ? deliveries[reason] : undefined;
  return entry === undefined ? undefined : readDelivery(entry);
}

/** Whether a mail came along with one that may yet be given back, and this one with it. */
export function mayComeBack(ledger: Ledger, delivery: Delivery): boolean {
  const carrier = carrierOf(ledger, delivery);
  return carrier !== undefined && !isSettled(carrier);
}

/** Whether a mail was skipped, or came along with one that SES would never take: another may still bring it. */
export const wasForNothing = (ledger: Ledger, delivery: Delivery): boolean =>
  delivery.state === 'skipped' || carrierOf(ledger, delivery)?.state === 'failed';
