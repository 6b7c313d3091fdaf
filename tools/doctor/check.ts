import { cannotLook, isUnknownHere, LOOK_WITHIN, within } from './cannot-look.ts';
import { blind, type Finding, type Group, note, type Verdict } from './finding.ts';
import type { Patient } from './patient.ts';

/** One thing that is looked at. */
export interface Check {
  /** For programs, and in the runbook: never renamed. */
  readonly id: string;
  readonly group: Group;
  /** What it looks at, as one says it: “Could not look at …”. */
  readonly what: string;
  /** The IAM actions its reading needs. */
  readonly rights: readonly string[];
  /** Outputs of the stack without which it has nothing to ask for. */
  readonly outputs?: readonly string[];
  readonly patience?: number;
  readonly look: (patient: Patient) => Promise<readonly Verdict[]>;
}

/** Looks, and comes to findings whatever happens: what could not be looked at is one, too. */
export async function carryOut(check: Check, patient: Patient): Promise<Finding[]> {
  const { id, group, what, rights, patience = LOOK_WITHIN, look } = check;
  const told = (verdicts: readonly Verdict[]) => verdicts.map((verdict) => ({ ...verdict, check: id, group }));
  try {
    return told(await within(patience, look(patient)));
  } catch (error) {
    if (patient.local && isUnknownHere(error)) return told([note(`The local AWS does not know of ${what}.`)]);
    return told([blind(`Could not look at ${what}: ${cannotLook(error, rights)}.`)]);
  }
}
