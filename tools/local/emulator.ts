import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bareEnv, type Endpoint } from './endpoint.ts';
import { Failure } from './failure.ts';
import { type Running, start } from './process.ts';
import { inVenv } from './venv.ts';

export interface EmulatorOptions {
  readonly endpoint: Endpoint;
  /** Where Lambda functions find SES; every other service is the emulator itself. */
  readonly sesUrl: string;
  /** Its state, S3 objects, log and scratch space. */
  readonly stateDir: string;
  /** Whether IAM policies are enforced. */
  readonly auth: boolean;
}

/** How long it may take to save its state before it is killed. */
const SAVING_SECONDS = 20;
const READY_WITHIN_MS = 60_000;

export interface Emulator extends Pick<Running, 'ended' | 'lastLines'> {
  readonly logFile: string;
  stop(): Promise<void>;
}

/** Starts ministack through emulator.py and waits until it answers. */
export const startEmulator = async (options: EmulatorOptions): Promise<Emulator> => {
  const { endpoint, stateDir } = options;
  const logFile = join(stateDir, 'emulator.log');
  const env = await emulatorEnv(options);
  const child = await start(inVenv('python'), ['-u', join(import.meta.dirname, 'emulator.py')], {
    env,
    cwd: stateDir,
    logFile,
  });
  const failed = child.ended.then(({ code, signal }) => {
    throw new Failure(`The AWS emulator ended at once (${signal ?? code}); its log is ${logFile}.`, child.lastLines());
  });
  await Promise.race([failed, untilReady(endpoint.url, logFile)]).catch(async (error) => {
    await child.stop(1);
    throw error;
  });
  failed.catch(() => {});
  return { ended: child.ended, lastLines: child.lastLines, logFile, stop: () => child.stop(SAVING_SECONDS) };
};

/** As little as possible: the Lambda functions inherit it, and must find nothing that AWS would not give them. */
const emulatorEnv = async ({ endpoint, sesUrl, stateDir, auth }: EmulatorOptions) => {
  const scratch = join(stateDir, 'tmp');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  // Its workers are CommonJS, and would take our package.json for theirs.
  await writeFile(join(scratch, 'package.json'), '{ "type": "commonjs" }\n');
  return {
    ...bareEnv(stateDir),
    ...endpoint.env,
    AWS_ENDPOINT_URL_SESV2: sesUrl,
    AUTH: String(auth),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(endpoint.port),
    MINISTACK_REGION: endpoint.region,
    MINISTACK_ACCOUNT_ID: endpoint.accountId,
    PERSIST_STATE: '1',
    STATE_DIR: join(stateDir, 'aws'),
    S3_PERSIST: '1',
    S3_DATA_DIR: join(stateDir, 's3'),
    TMPDIR: scratch,
    // Listeners nobody here needs, and a Docker daemon it has no business with.
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
    DOCKER_HOST: 'unix:///nonexistent',
    PYTHONNOUSERSITE: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
};

const untilReady = async (url: string, logFile: string): Promise<void> => {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Failure(`The AWS emulator did not answer within ${READY_WITHIN_MS / 1000} s; its log is ${logFile}.`);
};
