import type { MailRule } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Condition, Conditions, Path } from '#shared/store/table.ts';

/**
 * What must hold in the very write that claims a mail, straight from the table of kinds. `doubt` is the claim that is
 * taken over; without one there must be no entry at all. A personal mail must still be asked for: its entry is replaced
 * by the next request, so the entry alone cannot tell an old request from a new one.
 */
export function claimConditions(rule: MailRule, mailKey: string, doubt: string | undefined): Conditions {
  const path: Path = ['deliveries', mailKey];
  const entry: Condition = doubt === undefined ? { is: 'absent', path } : { is: 'equal', path, value: doubt };
  return [
    entry,
    ...(rule.registrationIs === 'any'
      ? []
      : [{ is: 'one-of', path: ['status'], values: rule.registrationIs } satisfies Condition]),
    ...(rule.stoppedByMute ? [{ is: 'absent', path: ['muted'] } satisfies Condition] : []),
    ...(rule.occasion === 'request' ? [{ is: 'in-set', path: ['greetDue'], value: mailKey } satisfies Condition] : []),
  ];
}

/**
 * What must still be as it was read in the write that claims a mail: what it brings along is not sent yet, and the status,
 * where a calendar part or something brought along rests on it.
 */
export const stillAsRead = (row: Registration, rule: MailRule, brought: readonly string[]): Conditions => [
  ...(rule.calendar !== undefined || brought.length > 0
    ? [{ is: 'equal', path: ['status'], value: row.status } satisfies Condition]
    : []),
  ...brought.map((key): Condition => {
    const path: Path = ['deliveries', key];
    const entry = row.deliveries[key];
    return entry === undefined ? { is: 'absent', path } : { is: 'equal', path, value: entry };
  }),
];
