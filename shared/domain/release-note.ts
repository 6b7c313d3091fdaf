import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';
import type { UnsentState } from './unsent.ts';

/** That somebody had a mail sent again, and what it had come to before. */
export interface ReleaseNote {
  readonly at: Epoch;
  readonly was: UnsentState;
  /** Why it was so. */
  readonly reason: string;
  /** The API key by which it was released. */
  readonly keyId: string;
}

/** A row is read for every mail: of so many mails it keeps when they were released. */
const KEPT = 10;

/** The note as it is kept: `<epoch>|<state>|<reason>|<keyId>`. */
const writeNote = ({ at, was, reason, keyId }: ReleaseNote): string => [at, was, reason, keyId].join('|');

function readNote(note: string): ReleaseNote {
  const [at, was, reason = '', keyId = ''] = note.split('|');
  if (!/^\d+$/.test(at ?? '') || (was !== 'failed' && was !== 'held')) throw new Error(`Not a release: ${note}`);
  return { at: Number(at), was, reason, keyId };
}

/** The row with notes of these releases; the latest of a mail stands, and the oldest of many go. */
export function withReleaseNotes(row: Registration, notes: readonly (readonly [string, ReleaseNote])[]): Registration {
  const all = [...releasesOf(row).filter(([key]) => !notes.some(([newer]) => newer === key)), ...notes];
  const kept = all.sort(([, a], [, b]) => b.at - a.at).slice(0, KEPT);
  return { ...row, released: Object.fromEntries(kept.map(([mailKey, note]) => [mailKey, writeNote(note)])) };
}

/** Which of a person's mails were released, and when, the last time. */
export const releasesOf = ({ released = {} }: Pick<Registration, 'released'>): (readonly [string, ReleaseNote])[] =>
  Object.entries(released).map(([mailKey, note]) => [mailKey, readNote(note)] as const);
