import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { bareEnv, type Endpoint } from './endpoint.ts';
import { Failure } from './failure.ts';
import { ROOT } from './paths.ts';
import { run } from './process.ts';

export interface DeployOptions {
  readonly endpoint: Endpoint;
  readonly stateDir: string;
  /** What goes to the CDK app as -c name=value. */
  readonly context: Readonly<Record<string, string>>;
  /** The command that runs the CDK app; cdk.json's if left out. */
  readonly app?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The outputs of the deployed stack by their names. */
export type Outputs = Readonly<Record<string, string>>;

const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()));
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const QUIET = ['--no-notices', '--no-version-reporting', '--ci'];

/** Runs the real CDK against the local AWS; `sentence` is what to say if it fails. */
const cdk = async (options: DeployOptions, args: readonly string[], sentence: string, cwd = ROOT): Promise<void> => {
  const { endpoint, stateDir, signal } = options;
  const home = join(stateDir, 'cdk');
  await mkdir(home, { recursive: true });
  const logFile = join(stateDir, `cdk-${args[0]}.log`);
  await run(process.execPath, [CDK, ...args, ...QUIET], {
    cwd,
    env: {
      ...bareEnv(home),
      ...endpoint.env,
      CDK_HOME: home,
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    },
    logFile,
    failed: (lines) => new Failure(`${sentence} The whole log is ${logFile}.`, reasonIn(lines)),
    ...(signal && { signal }),
  });
};

/** Makes the account ready for CDK, once. In a folder without a cdk.json, so that it does not run the app for nothing. */
export const bootstrap = (options: DeployOptions): Promise<void> =>
  cdk(
    options,
    ['bootstrap', `aws://${options.endpoint.accountId}/${options.endpoint.region}`],
    'cdk bootstrap did not succeed on the local AWS.',
    options.stateDir,
  );

const assembly = (stateDir: string): string => join(stateDir, 'cdk.out');

/** Synthesises the app and bundles its functions; needs nothing of AWS. */
export const synthesise = (options: DeployOptions): Promise<void> => {
  const context = Object.entries(options.context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const app = options.app ? ['--app', options.app] : [];
  const args = ['synth', '--quiet', '--output', assembly(options.stateDir), ...app, ...context];
  return cdk(options, args, 'The CDK app did not synthesise.');
};

/** Deploys what was synthesised and gives the stack's outputs. With `hotswap`, code changes skip CloudFormation. */
export const deploy = async (options: DeployOptions, how: 'full' | 'hotswap' = 'full'): Promise<Outputs> => {
  const file = join(options.stateDir, 'outputs.json');
  const method = how === 'hotswap' ? ['--hotswap-fallback'] : ['--method', 'direct'];
  const args = ['deploy', '--all', '--app', assembly(options.stateDir), '--outputs-file', file, ...method];
  await cdk(
    options,
    [...args, '--require-approval', 'never', '--progress', 'events'],
    'cdk deploy did not succeed on the local AWS.',
  );
  return Object.assign({}, ...Object.values(OutputsFile.parse(JSON.parse(await readFile(file, 'utf8')))));
};

/** Whether the account was made ready by an earlier start; the emulator believes its administrator without a signature. */
export const isBootstrapped = async ({ url, region }: Endpoint): Promise<boolean> => {
  const credential = `Credential=test/20260101/${region}/cloudformation/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ Action: 'DescribeStacks', StackName: 'CDKToolkit', Version: '2010-05-15' }),
  });
  return /<StackStatus>(CREATE|UPDATE)_COMPLETE</.test(await answer.text());
};

/** The lines that say why: the bundler's own errors where there are any, else what is left without the noise. */
export const reasonIn = (lines: readonly string[]): string[] => {
  const first = lines.findIndex((line) => line.startsWith('✘ [ERROR]'));
  if (first >= 0) {
    const end = lines.findIndex((line, index) => index > first && /^\d+ errors?$/.test(line));
    return lines.slice(first, Math.min(first + MOST_LINES, end < 0 ? lines.length : end));
  }
  return lines.filter((line) => !NOISE.test(line)).slice(-MOST_LINES);
};

const MOST_LINES = 14;
const NOISE = new RegExp(
  [
    String.raw`^\s+at `,
    String.raw`^\s+\.\.\.`,
    '^npm warn',
    '^node:internal',
    String.raw`^Node\.js v`,
    'Subprocess exited with error',
    '^Bundling asset|Done in|^✨',
    String.raw`^\S+: (deploying|creating|updating)`,
    String.raw`\| (CREATE|UPDATE|DELETE)_(IN_PROGRESS|COMPLETE)`,
  ].join('|'),
);
