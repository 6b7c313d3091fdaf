import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LANE_NOW_FACTS } from '#events/catalogue.ts';
import { Worker } from '#infra/constructs/worker.ts';
import { SEND_TIMEOUT } from '#infra/stage.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** Lane `now`: mails that somebody is waiting for. The only function that may call SES. */
export function sendNow(scope: Construct, { stage, pager, table, facts, secrets, mail, site }: Foundation): Worker {
  const worker = new Worker(scope, 'SendNow', {
    stage,
    pager,
    folder: 'send',
    batchSize: 1,
    timeout: Duration.seconds(SEND_TIMEOUT),
    visibility: Duration.seconds(SEND_TIMEOUT + 15),
    maxConcurrency: stage.workers.sendNow,
    environment: {
      LANE: 'now',
      SITE_URL: site.url,
      SITE: siteSettings(stage),
      SITE_NAME: stage.site.name,
      TIMINGS: JSON.stringify(stage.timings),
    },
    section: 'lane-now-dead-letters',
    impact: 'Somebody is owed a confirmation or a mail they asked for, and no queue holds it any more.',
  });
  table.open(worker.fn, ['GetItem', 'Query', 'UpdateItem']);
  secrets.openLinkKeys(worker.fn);
  mail.open(worker.fn);
  // Whoever is not settled yet goes back into the lane as a new, delayed message.
  worker.fn.may(['sqs:SendMessage'], worker.queue.queueArn);
  facts.route(LANE_NOW_FACTS, worker);
  return worker;
}
