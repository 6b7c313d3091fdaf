import { App } from 'aws-cdk-lib';
import { readStage, StageMistake } from './read-stage.ts';
import { RollcallStack } from './rollcall-stack.ts';

const app = new App();
const context = (name: string): unknown => app.node.tryGetContext(name);

try {
  const stage = readStage({ stage: context('stage'), timings: context('timings'), siteUrl: context('siteUrl') });
  new RollcallStack(app, `rollcall-${stage.name}`, stage);
} catch (error) {
  if (!(error instanceof StageMistake)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
