import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { CHAOS, startFaultProxy } from './chaos/fault-proxy.ts';
import { type ChaosOptions, chaosOptions, USAGE } from './chaos/options.ts';
import { type Outcome, round } from './chaos/round.ts';
import { leadThrough, startAnew } from './chaos/through-proxies.ts';
import { clientConfig } from './local/endpoint.ts';
import { explain, Failure } from './local/failure.ts';
import { startLocalAws } from './local/local-aws.ts';
import { freePort } from './local/ports.ts';
import { reportTo } from './local/report.ts';
import { stopRequest } from './local/stop-request.ts';
import { ensureVenv } from './local/venv.ts';
import { localKey } from './seed/local-key.ts';

const report = reportTo(process.stdout);
const stopping: (() => Promise<unknown>)[] = [];
const stop = stopRequest();
const stopped = new Promise<never>((_, reject) => {
  stop.addEventListener('abort', () => reject(new Failure('Stopped.')));
});
stopped.catch(() => {});

/** Every set of faults after another; how many people, in how many ways, were not treated as they should be. */
const main = async ({ sets, people, timings }: ChaosOptions): Promise<number> => {
  await report.step('The fault proxy', () => ensureVenv(CHAOS));
  const stateDir = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'));
  stopping.push(() => rm(stateDir, { recursive: true, force: true }));
  const ports = { sitePort: await freePort(), awsPort: await freePort(), mailPort: await freePort() };
  // What is signed names the host, which the proxy changes: nobody's signature would be good.
  const local = await startLocalAws({ ...ports, stateDir, auth: false, timings, report, signal: stop });
  stopping.push(local.stop);
  const [aws, ses] = [await startFaultProxy(local.awsUrl, stateDir), await startFaultProxy(local.sesUrl, stateDir)];
  stopping.push(aws.stop, ses.stop);
  const apiKey = await localKey(local, join(stateDir, 'api-key'));
  await leadThrough({ aws, ses }, local.endpoint);
  const marshallOptions = { removeUndefinedValues: true };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(local.endpoint)), { marshallOptions });
  const table = dynamoTable(client, local.outputs['TableName'] ?? '');
  const world = { ...local, apiKey, table, startAnew: () => startAnew(local.endpoint) };
  const divisor = Number(timings.split('/')[1]);
  let wrong = 0;
  for (const set of sets) {
    const outcome = await report.step(`${set.name}: ${set.says}`, () =>
      round(world, { aws, ses }, { set, people, divisor }),
    );
    wrong += outcome.wrong.length;
    tell(outcome);
  }
  return wrong;
};

function tell({ heard, struck, imported, settled, registered, mails, wrong }: Outcome): void {
  const answers = [...heard.answers].sort().map(([status, count]) => `${count} × ${status}`);
  report.line(`      ${struck} faults; ${registered} people, ${mails} mails; answers ${answers.join(', ')}`);
  const slowest = (heard.slowest / 1000).toFixed(1);
  report.line(
    `      slowest answer ${slowest} s; import ${imported ?? 'not done'} s; settled after ${settled ?? 'too many'} s`,
  );
  for (const strange of heard.strange.slice(0, 5)) report.line(`      an answer that is not ours: ${strange}`);
  for (const sentence of wrong.slice(0, 20)) report.line(`      WRONG ${sentence}`);
  report.line(
    `      ${wrong.length === 0 ? 'nobody lost, nobody mailed twice, no seat oversold, queues empty' : `${wrong.length} wrong`}`,
  );
}

try {
  const options = chaosOptions(process.argv.slice(2));
  if (options.help) report.line(USAGE);
  else process.exitCode = (await Promise.race([main(options), stopped])) > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`\n${explain(error).join('\n')}\n`);
  process.exitCode = 1;
} finally {
  for (const end of stopping.toReversed()) await end().catch(() => {});
}
// Sockets of clients may linger: everything we started has ended by now.
process.exit();
