import { linkKeysIn } from '#shared/domain/link.ts';
import { fine, hurts, runbook, type Verdict } from '../finding.ts';
import { counted } from '../words.ts';

/** What may be said of a secret's value: nothing of the value itself ever leaves the reading. */
export type LinkKeyFacts =
  | { readonly is: 'unreadable' }
  | { readonly is: 'keys'; readonly ids: readonly string[]; readonly badIds: number; readonly weak: number };

const LINKS = 'personal links cannot be made or opened, so mails fail and nobody reaches their registration';

/** Takes of the secret's text what may be told: how its keys are called, and whether they are any good. */
export function linkKeyFacts(text: string | undefined): LinkKeyFacts {
  const keys = parsed(text);
  if (!keys) return { is: 'unreadable' };
  const ids = Object.keys(keys);
  return {
    is: 'keys',
    ids: inOrder(text ?? '') ?? ids.filter(isId),
    badIds: ids.filter((id) => !isId(id)).length,
    weak: Object.values(keys).filter((key) => typeof key !== 'string' || key.length < 32).length,
  };
}

/** Whether links can be signed and opened with the secret as it is. */
export function judgeLinkKeys(facts: LinkKeyFacts): Verdict[] {
  const wayOut = `Put it right from its last good version (aws secretsmanager list-secret-version-ids), then ${runbook('add-a-key-for-links')}`;
  if (facts.is === 'unreadable')
    return [hurts(`The secret of the link keys is no JSON object of keys: ${LINKS}.`, wayOut)];
  const { ids, badIds, weak } = facts;
  if (ids.length + badIds === 0) return [hurts(`The secret of the link keys holds no key: ${LINKS}.`, wayOut)];
  if (badIds > 0)
    return [
      hurts(
        `${counted(badIds, 'link key has', 'link keys have')} an id that is not 1 to 16 small letters and digits: ${LINKS}.`,
        wayOut,
      ),
    ];
  if (weak > 0)
    return [
      hurts(
        `${counted(weak, 'link key is', 'link keys are')} shorter than 32 characters or no text: ${LINKS}.`,
        wayOut,
      ),
    ];
  return [
    fine(`${counted(ids.length, 'link key is', 'link keys are')} readable and well-formed; ${ids.at(-1)} signs.`),
  ];
}

/** Whether addresses can be hashed, by the length of the secret alone. */
export function judgeAddressKey(length: number): Verdict[] {
  if (length >= 32) return [fine('The key that addresses are found by is readable.')];
  return [
    hurts(
      `The key that addresses are found by is ${length === 0 ? 'empty' : 'too short'}: nobody who is registered would be found again.`,
      'Put back its first version: aws secretsmanager list-secret-version-ids --include-deprecated. Never make a new one',
    ),
  ];
}

/** As the functions read them, for whom the last signs; undefined where they would refuse them. */
function inOrder(text: string): string[] | undefined {
  try {
    return [...linkKeysIn(text).keys()];
  } catch {
    return undefined;
  }
}

const isId = (id: string): boolean => /^[a-z0-9]{1,16}$/.test(id);

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
