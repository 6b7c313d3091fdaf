import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { ROOT } from '#tools/local/paths.ts';
import { atMost, type Figure, noted } from './table.ts';

const run = promisify(execFile);
const ROUNDS = 21;
const KB = 1024;

/** What a handler costs at the least: the DynamoDB client, made once. */
const BASELINE = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
const db = new DynamoDBClient();
export const handler = async () => db;`;

/** Sizes of the bundles that are deployed, and how long the site's takes to import beside the least there could be. */
export async function bundleFigures(): Promise<{ title: string; figures: Figure[] }> {
  const out = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const secrets = await secretsStandIn();
  try {
    const bundles = await synthesised(out);
    const site = bundles.find(({ folder }) => folder === 'guest-site');
    if (!site) throw new Error('There is no guest-site in the stack');
    const baseline = await baselineBundle(out);
    const ratio = await importRatio(site, { path: baseline, env: {} }, secrets.url);
    const sized = bundles.map(({ folder, bytes }) => {
      const what = `${folder}: bundle`;
      return folder.endsWith('-site')
        ? atMost(what, Math.round(bytes / KB), 500, ' KB')
        : noted(what, `${Math.round(bytes / KB)} KB`);
    });
    const figures = [...sized, atMost('guest-site: import ÷ import of a DynamoDB client alone', ratio, 1.3)];
    return { title: `Bundles (median of ${ROUNDS} pairs of imports, side by side)`, figures };
  } finally {
    secrets.stop();
    await rm(out, { recursive: true, force: true });
  }
}

interface Bundle {
  readonly folder: string;
  readonly path: string;
  readonly bytes: number;
  readonly env: Readonly<Record<string, string>>;
}

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Metadata?: { readonly 'aws:asset:path'?: string };
        readonly Properties?: { readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> } };
      }
    >
  >;
}

/** The functions of the real app, bundled as they are deployed. */
async function synthesised(out: string): Promise<Bundle[]> {
  const cdk = join(ROOT, 'node_modules/.bin/cdk');
  await run(cdk, ['synth', '-q', '-c', 'stage=local', '-o', out], { cwd: ROOT, env: process.env });
  const name = (await readdir(out)).find((file) => file.endsWith('local.template.json'));
  const template = JSON.parse(await readFile(join(out, name ?? ''), 'utf8')) as Template;
  const functions = Object.values(template.Resources).filter(
    ({ Type, Metadata }) => Type === 'AWS::Lambda::Function' && Metadata?.['aws:asset:path'],
  );
  return Promise.all(
    functions.map(async ({ Metadata, Properties }) => {
      const path = join(out, Metadata?.['aws:asset:path'] ?? '', 'index.mjs');
      const variables = Object.entries(Properties?.Environment?.Variables ?? {});
      const env = Object.fromEntries(
        variables.map(([key, value]) => [key, typeof value === 'string' ? value : standInFor(key)]),
      );
      return { folder: String(env.POWERTOOLS_SERVICE_NAME), path, bytes: (await stat(path)).size, env };
    }),
  );
}

/** What a reference to another resource becomes once deployed. */
const standInFor = (variable: string): string => (variable.endsWith('URL') ? 'https://example.org' : 'stand-in');

async function baselineBundle(out: string): Promise<string> {
  const outfile = join(out, 'baseline.mjs');
  const banner = { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" };
  await build({
    stdin: { contents: BASELINE, resolveDir: ROOT },
    outfile,
    banner,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
  });
  return outfile;
}

/** Imports both in turn, each in a process of its own; the median of the pairwise ratios of the time it took. */
async function importRatio(
  site: Pick<Bundle, 'path' | 'env'>,
  least: Pick<Bundle, 'path' | 'env'>,
  secretsUrl: string,
): Promise<number> {
  const timer = join(tmpdir(), `rollcall-import-${process.pid}.mjs`);
  await writeFile(
    timer,
    `const start = performance.now(); await import(process.argv[2]); process.stdout.write(String(performance.now() - start));`,
  );
  const once = async ({ path, env }: Pick<Bundle, 'path' | 'env'>): Promise<number> => {
    const aws = {
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
    };
    const { stdout } = await run(process.execPath, [timer, path], { env: { ...env, ...aws, NODE_OPTIONS: '' } });
    return Number(stdout.trim().split('\n').at(-1));
  };
  try {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) ratios.push((await once(site)) / (await once(least)));
    return ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  } finally {
    await rm(timer, { force: true });
  }
}

/** Answers for Secrets Manager, which a cold start asks. */
async function secretsStandIn(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ SecretString: JSON.stringify({ k1: 'k'.repeat(64) }) }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}
