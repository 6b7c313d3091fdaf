import { REMEMBERED, RequestNote, type RequestOutcome, takenUp } from '#shared/domain/request-note.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { ifStill } from './if-still.ts';
import { keys } from './keys.ts';
import { type Condition, ConditionFailed, type Key, type Path, type Table, type Update, type Write } from './table.ts';

/** Which request: whose key, and a hash of its address and name. */
export interface RequestId {
  readonly keyId: string;
  readonly nameHash: string;
}
/** A request that this owner is at. */
export interface Claim extends RequestId {
  readonly owner: string;
}

/** Requests that their callers named, for a day; they expire by themselves. */
export function requestStore(table: Table) {
  return {
    /**
     * Notes that a request is under way, where nothing is known of it, or whoever was at it died. The note that stands: its
     * owner has the request, who may find it by a second write where the reply to the first was lost.
     */
    async claim(id: RequestId, note: RequestNote, now: Epoch): Promise<RequestNote> {
      const putting = async (mine: RequestNote, ...orIf: readonly Condition[]): Promise<RequestNote> => {
        const item = { ...keyOf(id), ...mine, expiresAt: now + REMEMBERED };
        const when = [{ is: 'any', of: [{ is: 'absent' }, ...orIf] }] as const;
        try {
          await table.put({ item, when, fact: undefined });
          return mine;
        } catch (error) {
          if (error instanceof ConditionFailed && error.item) return RequestNote.parse(error.item);
          throw error;
        }
      };
      const known = await putting(note);
      if (known.owner === note.owner || known.heldUntil >= now) return known;
      return putting(takenUp(known, note, now), { is: 'below', path: ['heldUntil'], value: now });
    },

    /** What became of it; nothing where somebody else took it up. */
    settle: (claim: Claim, outcome: RequestOutcome, now: Epoch): Promise<boolean> =>
      ifStill(table.update(settlingOf(claim, outcome, now))),

    /** The same as part of the write that does what was asked: both happen, or neither. */
    settling: (claim: Claim, outcome: RequestOutcome, now: Epoch): Write => ({
      update: settlingOf(claim, outcome, now),
    }),

    /** Forgets one that did nothing, so that its name is free. */
    forget: ({ owner, ...id }: Claim): Promise<boolean> => ifStill(table.remove({ ...keyOf(id), when: mine(owner) })),
  };
}
export type RequestStore = ReturnType<typeof requestStore>;

const keyOf = ({ keyId, nameHash }: RequestId): Key => keys.request(keyId, nameHash);

const mine = (owner: string) =>
  [
    { is: 'equal', path: ['owner'], value: owner },
    { is: 'equal', path: ['state'], value: 'under-way' },
  ] as const;

function settlingOf({ owner, ...id }: Claim, { status, location }: RequestOutcome, now: Epoch): Update {
  const set: (readonly [Path, unknown])[] = [
    [['state'], 'done'],
    [['status'], status],
    [['heldUntil'], now + REMEMBERED],
    ...(location === undefined ? [] : [[['location'], location] as const]),
  ];
  return { ...keyOf(id), set, when: mine(owner), fact: undefined };
}
