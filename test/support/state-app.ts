import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { EventTable } from '#infra/constructs/event-table.ts';
import { Files } from '#infra/constructs/files.ts';
import { Secrets } from '#infra/constructs/secrets.ts';
import { readStage } from '#infra/read-stage.ts';
import { isProtected } from '#infra/removal.ts';
import type { Stage } from '#infra/stage.ts';

// The CDK app of whatever holds state in a stage, without its functions: deployed in seconds, and made to fail when asked to.
const app = new App();
const removal = app.node.tryGetContext('removal') as Stage['removal'];
const stage: Stage = { ...readStage({ stage: 'prod' }), name: 'state', removal };
const stack = new Stack(app, 'rollcall-state', { terminationProtection: isProtected(stage) });
const state = [
  new EventTable(stack, 'Events', stage),
  new Secrets(stack, 'Secrets', stage),
  new Files(stack, 'Files', stage),
];
if (app.node.tryGetContext('fails')) {
  // A queue that SQS refuses: its name does not end in .fifo.
  const broken = new CfnResource(stack, 'Broken', {
    type: 'AWS::SQS::Queue',
    properties: { QueueName: 'rollcall-state-broken', FifoQueue: true },
  });
  broken.node.addDependency(...state);
}
