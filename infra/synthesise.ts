import { App } from 'aws-cdk-lib';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { advise } from './advise.ts';
import { placeholders } from './placeholders.ts';
import { readStage, StageMistake } from './read-stage.ts';
import { regionUnsaid } from './region.ts';
import { RollcallStack } from './rollcall-stack.ts';
import { tooMuch } from './too-much.ts';

/** Builds the stack of the stage that the command line names, or ends with 1 and one sentence. */
export function synthesise(): void {
  const app = new App();
  const context = (name: string): unknown => app.node.tryGetContext(name);
  const stopFor = (sentence: string | undefined): void => {
    if (sentence) throw new StageMistake(sentence);
  };

  try {
    const { CDK_DEFAULT_REGION: region, CDK_DEFAULT_ACCOUNT: account } = process.env;
    const [name, timings, siteUrl] = ['stage', 'timings', 'siteUrl'].map(context);
    const stage = readStage({ stage: name, timings, siteUrl, region, account });
    stopFor(regionUnsaid(stage, process.env));
    // `cdk bootstrap`, `ls` and `destroy` bundle no code and put nothing into the account: they need no settings of one's own.
    const bundled = context(BUNDLING_STACKS);
    if (!Array.isArray(bundled) || bundled.length > 0) stopFor(placeholders(stage.name, stage));
    const stack = new RollcallStack(app, `rollcall-${stage.name}`, stage);
    stopFor(tooMuch(stack, stage));
    advise(stack, stage);
  } catch (error) {
    if (!(error instanceof StageMistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
