import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LANE_NOW_FACTS } from '#events/catalogue.ts';
import { Worker, type WorkerProps } from '#infra/constructs/worker.ts';
import { SEND_TIMEOUT } from '#infra/stage.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** Lane `now`: mails that somebody is waiting for. */
export function sendNow(scope: Construct, foundation: Foundation): Worker {
  const worker = lane(scope, 'SendNow', foundation, {
    lane: 'now',
    maxConcurrency: foundation.stage.workers.sendNow,
    watchedAs: 'lane-now',
  });
  foundation.facts.route(LANE_NOW_FACTS, worker);
  return worker;
}

/** Lane `timed`: mails that are of no use after the event has started. */
export const sendTimed = (scope: Construct, foundation: Foundation): Worker =>
  lane(scope, 'SendTimed', foundation, {
    lane: 'timed',
    maxConcurrency: foundation.stage.workers.sendTimed,
    watchedAs: 'lane-timed',
  });

/** Lane `bulk`: everything that may take its time. It yields to the others. */
export const sendBulk = (scope: Construct, foundation: Foundation): Worker =>
  lane(scope, 'SendBulk', foundation, {
    lane: 'bulk',
    maxConcurrency: foundation.stage.workers.sendBulk,
    watchedAs: 'lane-bulk',
  });

type LaneProps = Pick<WorkerProps, 'maxConcurrency' | 'watchedAs'> & {
  readonly lane: 'now' | 'timed' | 'bulk';
};

/** One code, a queue and a function for each lane, so that none waits behind another. Nobody else may send through SES. */
function lane(
  scope: Construct,
  id: string,
  { stage, table, secrets, mail, site }: Foundation,
  { lane, ...props }: LaneProps,
): Worker {
  const { rate } = stage.pacing;
  const worker = new Worker(scope, id, {
    ...props,
    stage,
    folder: 'send',
    batchSize: 1,
    timeout: Duration.seconds(SEND_TIMEOUT),
    visibility: Duration.seconds(SEND_TIMEOUT + 15),
    environment: {
      LANE: lane,
      SITE_URL: site.url,
      SITE: siteSettings(stage),
      SITE_NAME: stage.site.name,
      TIMINGS: JSON.stringify(stage.timings),
      ...(rate !== undefined && { INITIAL_RATE: String(rate) }),
    },
  });
  table.open(worker.fn, ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem']);
  secrets.openLinkKeys(worker.fn);
  mail.open(worker.fn);
  // Whoever is not settled yet goes back into the lane as a new, delayed message.
  worker.fn.may(['sqs:SendMessage'], worker.queue.queueArn);
  return worker;
}
