import { join } from 'node:path';
import { bareEnv } from '#tools/local/endpoint.ts';
import { freePort } from '#tools/local/ports.ts';
import { start } from '#tools/local/process.ts';
import { FOR_TESTS, inVenv } from '#tools/local/venv.ts';

/** An AWS of another make than the local one, in an account of its own, that knows of no region unless it is told. */
export interface StandIn {
  readonly accountId: string;
  /** What the CDK and the AWS CLI find it by: credentials and endpoint, and neither region nor profile. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts moto's server. `folder` is where it logs, and home to whoever uses it. */
export async function startStandIn(folder: string): Promise<StandIn> {
  const accountId = '123456789012';
  const port = await freePort();
  const moto = await start(inVenv('moto_server', FOR_TESTS), ['-H', '127.0.0.1', '-p', String(port)], {
    env: { ...bareEnv(folder), MOTO_ACCOUNT_ID: accountId, PYTHONNOUSERSITE: '1' },
    logFile: join(folder, 'moto.log'),
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await fetch(`http://127.0.0.1:${port}/moto-api/`).catch(() => undefined))?.ok) {
    if (performance.now() > deadline) throw new Error(`moto does not answer: ${moto.lastLines().join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    accountId,
    env: {
      ...bareEnv(folder),
      // By name, for moto takes the host of a template's address for a bucket otherwise; S3 by number, for its buckets are no hosts.
      AWS_ENDPOINT_URL: `http://localhost:${port}`,
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Else it remembers, in the home of whoever runs this, that the key is of this account.
      CDK_HOME: folder,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
      CI: 'true',
    },
    stop: () => moto.stop(5),
  };
}
