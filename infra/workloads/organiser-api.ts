import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import type { Worker } from '#infra/constructs/worker.ts';
import { routes } from '#infra/routes.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** What an organiser drives with an API key, checked by the function itself. */
export function organiserApi(
  scope: Construct,
  { stage, table, secrets, site, fanOut }: Foundation & { readonly fanOut: Worker },
): NodeFunction {
  const fn = new NodeFunction(scope, 'OrganiserApi', {
    stage,
    folder: 'organiser-api',
    // A plan asks about each of 100,000 people: that takes a whole processor, and as long as API Gateway waits.
    memorySize: 1769,
    timeout: Duration.seconds(29),
    environment: {
      SITE_URL: site.url,
      SITE: siteSettings(stage),
      TIMINGS: JSON.stringify(stage.timings),
      MAIL_REACH: JSON.stringify({ mode: stage.mail.mode, allowList: stage.mail.allowList }),
      FAN_OUT_QUEUE_URL: fanOut.queue.queueUrl,
    },
  });
  table.open(
    fn,
    ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    ['catalogue'],
  );
  // An address that is corrected.
  secrets.openAddressKey(fn);
  // A run started by hand.
  fn.may(['sqs:SendMessage'], fanOut.queue.queueArn);
  site.serve(routes['organiser-api'], fn);
  return fn;
}
