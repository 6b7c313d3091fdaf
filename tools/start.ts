import { join } from 'node:path';
import { explain } from './local/failure.ts';
import { type LocalAws, startLocalAws } from './local/local-aws.ts';
import { takeLock } from './local/lock.ts';
import { STATE_ROOT } from './local/paths.ts';
import { portFrom, requirePort } from './local/ports.ts';
import { type Report, reportTo, seconds } from './local/report.ts';
import { type StartOptions, startOptions, USAGE } from './local/start-options.ts';
import { stopRequest } from './local/stop-request.ts';
import { watchCode } from './local/watch.ts';
import { localKey } from './seed/local-key.ts';
import { seed } from './seed/seed.ts';

const report = reportTo(process.stdout);
const signal = stopRequest();

const main = async (): Promise<void> => {
  const options = startOptions(process.argv.slice(2));
  if (options.help) return report.line(USAGE);
  const ports = {
    sitePort: portFrom(process.env, 'ROLLCALL_SITE_PORT', 3000),
    awsPort: portFrom(process.env, 'ROLLCALL_AWS_PORT', 4566),
    mailPort: portFrom(process.env, 'ROLLCALL_MAIL_PORT', 8005),
  };
  // Addresses with the port are part of what the emulator saves, so each port has a state of its own.
  const stateDir = join(STATE_ROOT, `aws-${ports.awsPort}`);
  const lock = await takeLock(`${stateDir}.lock`, `http://localhost:${ports.sitePort}`);
  try {
    await requirePort(ports.sitePort, 'the site', 'ROLLCALL_SITE_PORT');
    await requirePort(ports.awsPort, 'the local AWS', 'ROLLCALL_AWS_PORT');
    await requirePort(ports.mailPort, 'the mailbox', 'ROLLCALL_MAIL_PORT');
    await serve(options, { ...ports, stateDir });
  } finally {
    await lock.release();
  }
};

type Place = Pick<Parameters<typeof startLocalAws>[0], 'sitePort' | 'awsPort' | 'mailPort' | 'stateDir'>;

const serve = async ({ fresh, watch, timings }: StartOptions, place: Place): Promise<void> => {
  const startedAt = performance.now();
  report.line('Starting Rollcall on this machine');
  const aws = await startLocalAws({ ...place, fresh, timings, auth: true, report, signal });
  try {
    const key = await localKey(aws, join(place.stateDir, 'api-key'));
    await Promise.race([report.step('Seed data', (rename) => seed(aws, key).then(rename)), aws.broken]);
    banner(aws, key, report, performance.now() - startedAt);
    const stopWatching = watch ? watchCode(aws.redeploy, report) : () => {};
    await Promise.race([untilAborted(signal), aws.broken]).finally(stopWatching);
  } finally {
    report.line('\nStopping; what is there is kept for the next start.');
    await aws.stop();
  }
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));

const banner = (aws: LocalAws, key: string, { line }: Report, milliseconds: number): void => {
  line(`\nRollcall is running (${seconds(milliseconds)}). Ctrl-C stops it.\n`);
  line(`  Site      ${aws.siteUrl}`);
  line(`  Mailbox   ${aws.mailUrl}`);
  line(`  AWS       ${aws.awsUrl}`);
  line(`  API       ${aws.siteUrl}/api/v1, for example:\n`);
  line(`  curl -H 'Authorization: Bearer ${key}' ${aws.siteUrl}/api/v1/events\n`);
};

try {
  await main();
} catch (error) {
  if (!signal.aborted) {
    process.stderr.write(`\n${explain(error).join('\n')}\n`);
    process.exitCode = 1;
  }
}
// Sockets of clients may linger: everything we started has ended by now.
process.exit();
