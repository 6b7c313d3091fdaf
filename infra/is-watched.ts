import { StageMistake } from './read-stage.ts';

/**
 * Whether a stage has alarms and dashboard of its nested stack; the local one never. `-c watch=none` takes them away until the
 * next deploy, which makes them anew: what was changed by hand there, the CDK reverts in the outer stack alone.
 */
export function isWatched(stage: string, watch: unknown): boolean {
  if (watch !== undefined && watch !== 'none')
    throw new StageMistake(
      `-c watch=${JSON.stringify(watch)} is nothing to choose: leave it out, or write -c watch=none to take alarms and dashboard away until the next deploy.`,
    );
  return stage !== 'local' && watch === undefined;
}
