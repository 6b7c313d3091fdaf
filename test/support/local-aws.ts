import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { explain } from '#tools/local/failure.ts';
import { type LocalAws, startLocalAws } from '#tools/local/local-aws.ts';
import { freePort } from '#tools/local/ports.ts';
import { reportTo } from '#tools/local/report.ts';
import { localKey } from '#tools/seed/local-key.ts';

/** What a test gets from `inject('localAws')`: the deployed app, from the outside, and its AWS, as administrator. */
export interface LocalAwsForTests
  extends Pick<LocalAws, 'siteUrl' | 'awsUrl' | 'mailUrl' | 'sesUrl' | 'outputs' | 'endpoint' | 'env'> {
  /** An organiser's key that may do everything. */
  readonly apiKey: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    localAws: LocalAwsForTests;
  }
}

interface Shared {
  users: number;
  readonly started: Promise<{ readonly forTests: LocalAwsForTests; stop(): Promise<void> }>;
}

/** Each project runs this set-up for itself; they all share one AWS, which the last to leave stops. */
const place = globalThis as { rollcallLocalAws?: Shared | undefined };

export const setup = async (project: TestProject): Promise<void> => {
  place.rollcallLocalAws ??= { users: 0, started: start() };
  place.rollcallLocalAws.users += 1;
  const { forTests } = await place.rollcallLocalAws.started;
  project.provide('localAws', forTests);
};

export const teardown = async (): Promise<void> => {
  const shared = place.rollcallLocalAws;
  if (!shared) return;
  shared.users -= 1;
  if (shared.users > 0) return;
  place.rollcallLocalAws = undefined;
  await shared.started.then(
    ({ stop }) => stop(),
    () => {},
  );
};

const start = async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'rollcall-'));
  try {
    const report = reportTo(process.stderr);
    report.line('\nStarting an AWS for the tests');
    const aws = await startLocalAws({
      sitePort: await freePort(),
      awsPort: await freePort(),
      mailPort: await freePort(),
      stateDir,
      auth: true,
      timings: '1/30',
      report,
    });
    const { siteUrl, awsUrl, mailUrl, sesUrl, outputs, endpoint, env } = aws;
    const apiKey = await localKey(aws, join(stateDir, 'api-key'));
    const stop = async () => {
      await aws.stop();
      await rm(stateDir, { recursive: true, force: true });
    };
    return { forTests: { siteUrl, awsUrl, mailUrl, sesUrl, outputs, endpoint, env, apiKey }, stop };
  } catch (error) {
    throw new Error(`The AWS for the tests did not start. ${explain(error).join('\n')}`);
  }
};
