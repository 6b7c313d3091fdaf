import { fine, soon, type Verdict } from '../finding.ts';

export interface ConcurrencyFacts {
  /** Lambdas that may run at once in the account, less what others have reserved. */
  readonly limit: number;
  /** What each worker may use of it at most. */
  readonly workers: readonly number[];
  /** Streams that are read, each by one run at a time. */
  readonly streams: number;
  /** What `concurrency` of `infra/stages.ts` counts on; undefined where it has no such stage. */
  readonly said: number | undefined;
}

/** The site's pages, and the minute's sweep: what should be left when the workers are busy. */
const FOR_THE_SITE = 10;
const FOR_SWEEP = 1;
const MORE =
  'Ask Amazon for 1,000: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000';

/** Whether the account runs as many Lambdas at once as the stage may want. */
export function judgeConcurrency({ limit, workers, streams, said = 0 }: ConcurrencyFacts): Verdict[] {
  const busy = workers.reduce((sum, most) => sum + most, 0) + streams + FOR_SWEEP;
  const wanted = busy + FOR_THE_SITE;
  const sum = `${limit} Lambdas may run at once; workers, stream and sweep use up to ${busy}`;
  if (said > limit)
    return [
      soon(
        `infra/stages.ts counts on ${said} Lambdas at once (concurrency), but only ${limit} are free in this account: in a rush visitors get errors and mails come late.`,
        MORE,
      ),
    ];
  if (limit >= wanted) return [fine(`${sum}, which leaves ${limit - busy} for the site.`)];
  const rest = limit > busy ? `leaves ${limit - busy} for the site` : 'leaves none for the site';
  return [soon(`${sum}, which ${rest}: in a rush visitors get errors and mails come late.`, MORE)];
}
