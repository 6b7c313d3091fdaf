import { type Check, carryOut } from './check.ts';
import { blind, type Finding } from './finding.ts';
import type { Patient } from './patient.ts';
import { counted } from './words.ts';

/**
 * Carries out all checks at once; findings come in the order of the checks. A deploy that did not come far leaves the
 * stack without outputs: then one finding stands for all that have nothing to ask for.
 */
export async function examine(
  checks: readonly Check[],
  { patient, step }: { readonly patient: Patient /** Called as each is done. */; readonly step?: () => void },
): Promise<Finding[]> {
  const lacks = ({ outputs = [] }: Check) => outputs.some((name) => patient.stack.outputs[name] === undefined);
  const helpless = checks.filter(lacks);
  const able = checks.filter((check) => !lacks(check));
  const found = await Promise.all(able.map((check) => carryOut(check, patient).finally(() => step?.())));
  if (helpless.length === 0) return found.flat();
  const ids = helpless.map(({ id }) => id).join(', ');
  const things = counted(helpless.length, 'thing');
  const rest = blind(`${things} could not be looked at, for the stack lacks what a finished deploy has: ${ids}.`);
  return [...found.flat(), { ...rest, check: 'stack', group: 'Deployment' }];
}
