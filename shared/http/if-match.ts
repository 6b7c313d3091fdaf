import { Refusal } from '#shared/domain/errors.ts';
import { atHeader } from './fault.ts';
import { HttpRefusal, InvalidInput } from './problem.ts';

/** The revisions a caller is willing to edit; `any` when the caller does not mind. */
export type IfMatch = 'any' | readonly number[];

const TAG = /^(?:W\/)?"(\d{1,15})"$/;

/** The entity tag of a revision. */
export const etagOf = (revision: number): string => `"${revision}"`;

/**
 * Reads `If-Match` (RFC 9110 §13.1.1): `"3"`, a list of such, or `*`. A weak tag counts as its revision, for proxies
 * weaken tags when they compress, and a revision says it all. Throws 428 when it is required and missing.
 */
export function readIfMatch(header: string | undefined, need: 'required' | 'optional'): IfMatch {
  if (header === undefined) {
    if (need === 'optional') return 'any';
    const detail = 'Send the ETag of the revision you edit as If-Match, so that nobody’s work is overwritten unseen';
    throw new HttpRefusal('revision-required', detail, { faults: [atHeader('if-match', detail)] });
  }
  if (header.trim() === '*') return 'any';
  return header.split(',').map((tag) => {
    const [, revision] = TAG.exec(tag.trim()) ?? [];
    if (revision === undefined) throw new InvalidInput([atHeader('if-match', 'Send an ETag as you got it, like "3"')]);
    return Number(revision);
  });
}

/** Throws `stale-revision` unless the caller meant this revision. */
export function ensureMatch(ifMatch: IfMatch, revision: number): void {
  if (ifMatch === 'any' || ifMatch.includes(revision)) return;
  throw new Refusal('stale-revision', `This is revision ${revision} now: read it again, then repeat the edit`);
}
