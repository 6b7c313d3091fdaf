import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap, type DeployOptions, deploy, isBootstrapped, type Outputs, synthesise } from './deploy.ts';
import { startEmulator } from './emulator.ts';
import { type Endpoint, endpointAt } from './endpoint.ts';
import { Failure } from './failure.ts';
import { startMailbox } from './mailbox.ts';
import { freePort, isFree } from './ports.ts';
import { startProxy } from './proxy.ts';
import type { Report } from './report.ts';
import { startSesFront } from './ses-front.ts';
import { ensureVenv } from './venv.ts';

export interface LocalAwsOptions {
  readonly sitePort: number;
  readonly awsPort: number;
  readonly mailPort: number;
  /** Everything it keeps: AWS's state, the mails, logs. */
  readonly stateDir: string;
  /** Forget what the state directory holds and begin anew. */
  readonly fresh?: boolean;
  /** Enforce IAM policies, as AWS does. */
  readonly auth: boolean;
  /** A fraction such as 1/30 by which the stage's waits are shortened. */
  readonly timings?: string | undefined;
  /** The command that runs the CDK app; cdk.json's if left out. */
  readonly app?: string | undefined;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
}

export interface LocalAws {
  readonly siteUrl: string;
  readonly awsUrl: string;
  readonly mailUrl: string;
  /** SES as the functions see it; its /_front lists requests and takes orders for faults. */
  readonly sesUrl: string;
  readonly outputs: Outputs;
  readonly endpoint: Endpoint;
  /** What an AWS client reads from its environment to reach this AWS as its administrator. */
  readonly env: Readonly<Record<string, string>>;
  /** Rejects when a part ends that nobody stopped. */
  readonly broken: Promise<never>;
  redeploy(): Promise<Outputs>;
  /** Saves the state and ends every process that was started. */
  stop(): Promise<void>;
}

/** Starts a whole AWS on this machine and deploys the real app into it. */
export const startLocalAws = async (options: LocalAwsOptions): Promise<LocalAws> => {
  const { report, stateDir, sitePort, awsPort, mailPort } = options;
  const started: (() => Promise<void>)[] = [];
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, ...(options.signal ? [options.signal] : [])]);
  let cause: unknown;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopped.abort();
    stopping ??= stopAll(started);
    return stopping;
  };
  try {
    if (options.fresh) await rm(stateDir, { recursive: true, force: true });
    await mkdir(stateDir, { recursive: true });
    const endpoint = endpointAt(awsPort);
    const siteUrl = `http://localhost:${sitePort}`;
    const deployment: DeployOptions = {
      endpoint,
      stateDir,
      context: { stage: 'local', siteUrl, ...(options.timings && { timings: options.timings }) },
      app: options.app,
      signal,
    };
    const goOn = () => signal.throwIfAborted();

    // Beside everything else, for it takes longest; where it fails there is no point in going on.
    const synthesised = report.step('Synthesise the stack', () => synthesise(deployment));
    synthesised.catch((error) => {
      cause ??= error;
      stopped.abort();
    });
    await report.step('Python packages', async (rename) => {
      rename((await ensureVenv()) === 'made' ? 'Python packages installed' : 'Python packages are there');
    });
    goOn();
    const frontPort = (await isFree(mailPort + 1)) ? mailPort + 1 : await freePort();
    const mailbox = await startMailbox(mailPort, join(stateDir, 'mails.json'));
    started.push(mailbox.stop);
    const front = await startSesFront(frontPort, mailbox.url, endpoint);
    started.push(front.stop);
    const emulator = await report.step('AWS emulator', () =>
      startEmulator({ endpoint, sesUrl: front.url, stateDir, auth: options.auth }),
    );
    started.push(emulator.stop);
    const broken = new Promise<never>((_resolve, reject) => {
      emulator.ended.then(({ code, signal: by }) => {
        if (stopped.signal.aborted) return;
        const sentence = `The AWS emulator has ended by itself (${by ?? `code ${code}`}); its log is ${emulator.logFile}.`;
        reject(new Failure(sentence, emulator.lastLines().slice(-12)));
      }, reject);
    });
    broken.catch(() => {});
    goOn();
    if (!(await isBootstrapped(endpoint))) await report.step('cdk bootstrap', () => bootstrap(deployment));
    await synthesised;
    goOn();
    const outputs = await report.step('cdk deploy', () => Promise.race([deploy(deployment), broken]));
    const proxy = await startProxy({ port: sitePort, gatewayPort: awsPort, apiHost: apiHostIn(outputs, awsPort) });
    started.push(proxy.stop);
    return {
      siteUrl,
      awsUrl: endpoint.url,
      mailUrl: mailbox.url,
      sesUrl: front.url,
      outputs,
      endpoint,
      env: endpoint.env,
      broken,
      async redeploy() {
        await synthesise(deployment);
        return deploy(deployment, 'hotswap');
      },
      stop,
    };
  } catch (error) {
    cause ??= error;
    await stop();
    throw cause;
  }
};

/** The last started is stopped first. */
const stopAll = async (started: (() => Promise<void>)[]): Promise<void> => {
  for (const stop of started.toReversed()) await stop();
};

/** The name by which the emulator knows the API, from the SiteUrl output, whose first label is the API's id. */
const apiHostIn = ({ SiteUrl }: Outputs, awsPort: number): string => {
  if (!SiteUrl) throw new Failure('The deployed stack has no output SiteUrl, so the site cannot be found.');
  return `${new URL(SiteUrl).hostname.split('.')[0]}.execute-api.localhost:${awsPort}`;
};
