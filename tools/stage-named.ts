import { stages } from '#infra/stages.ts';
import { Failure } from './local/failure.ts';

/** The stage that a command line means: local, or the one it names, which `stages.ts` has to have. */
export function stageNamed(stage = 'local'): string {
  if (!Object.hasOwn(stages, stage))
    throw new Failure(`There is no stage “${stage}”; infra/stages.ts has ${Object.keys(stages).join(', ')}.`);
  return stage;
}
