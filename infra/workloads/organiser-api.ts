import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import type { Worker } from '#infra/constructs/worker.ts';
import { routes } from '#infra/routes.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** What an organiser drives with an API key, checked by the function itself. */
export function organiserApi(
  scope: Construct,
  {
    stage,
    table,
    secrets,
    site,
    files,
    runCampaigns,
    jobs,
  }: Foundation & { readonly runCampaigns: Worker; readonly jobs: Worker },
): NodeFunction {
  const fn = new NodeFunction(scope, 'OrganiserApi', {
    stage,
    folder: 'organiser-api',
    speaksToS3: true,
    // A plan asks about each of 100,000 people: that takes a whole processor, and as long as API Gateway waits.
    memorySize: 1769,
    timeout: Duration.seconds(29),
    environment: {
      SITE_URL: site.url,
      SITE: siteSettings(stage),
      API_RATES: JSON.stringify(stage.apiRates ?? {}),
      TIMINGS: JSON.stringify(stage.timings),
      BUDGETS: JSON.stringify(stage.budgets),
      MAIL_REACH: JSON.stringify({ mode: stage.mail.mode, allowList: stage.mail.allowList }),
      CAMPAIGNS_QUEUE_URL: runCampaigns.queue.queueUrl,
      JOBS_QUEUE_URL: jobs.queue.queueUrl,
    },
  });
  table.open(
    fn,
    ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    ['catalogue'],
  );
  // An address that is corrected.
  secrets.openAddressKey(fn);
  // A run started by hand, and a job.
  fn.may(['sqs:SendMessage'], runCampaigns.queue.queueArn, jobs.queue.queueArn);
  // It signs addresses as itself: what is uploaded and downloaded there, it must be allowed to.
  files.open(fn, { uploads: ['GetObject', 'PutObject'], results: ['GetObject'] });
  site.serve(routes['organiser-api'], fn);
  return fn;
}
