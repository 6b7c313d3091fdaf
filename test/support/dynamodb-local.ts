import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STATE_ROOT } from '#tools/local/paths.ts';
import { freePort } from '#tools/local/ports.ts';
import { run, start } from '#tools/local/process.ts';

const VERSION = '2.6.1';
const LIBRARY = join(STATE_ROOT, `dynamodb-local-${VERSION}`);
const READY_WITHIN_MS = 30_000;

/** AWS's own DynamoDB Local on a free port, in memory; `leftOut` says in a line why there is none on this machine. */
export type DynamoDbLocal =
  | { readonly url: string; stop(): Promise<void>; readonly leftOut?: never }
  | { readonly leftOut: string };

/** Starts it, fetching it with Maven the first time. Needs Java 17 or newer; without it that leg is left out. */
export const startDynamoDbLocal = async (): Promise<DynamoDbLocal> => {
  const why = await unavailable();
  if (why) return { leftOut: `DynamoDB Local is left out: ${why}.` };
  const port = await freePort();
  const main = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';
  const args = ['-inMemory', '-disableTelemetry', '-port', String(port)];
  const java = [`-Djava.library.path=${LIBRARY}`, '-cp', `${LIBRARY}/*`, main];
  const server = await start('java', [...java, ...args], { env: process.env, cwd: LIBRARY });
  const url = `http://127.0.0.1:${port}`;
  if (await answers(url)) return { url, stop: () => server.stop(2) };
  await server.stop(0);
  return { leftOut: `DynamoDB Local is left out: it did not start (${server.lastLines().at(-1) ?? 'no output'}).` };
};

const unavailable = async (): Promise<string | undefined> => {
  try {
    const { version } = await javaVersion();
    if (version < 17) return `it needs Java 17, here is ${version}`;
    if (!(await exists(LIBRARY))) await fetchLibrary();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const javaVersion = async (): Promise<{ version: number }> => {
  const lines = await run('java', ['-version'], { env: process.env, failed: () => new Error('there is no Java') });
  return { version: Number(/version "(\d+)/.exec(lines.join(' '))?.[1] ?? 0) };
};

const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId>
  <artifactId>fetch</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Into a folder beside its place, moved there when complete: a broken download never looks like a whole one. */
const fetchLibrary = async (): Promise<void> => {
  await mkdir(STATE_ROOT, { recursive: true });
  const scratch = await mkdtemp(join(STATE_ROOT, 'fetch-'));
  try {
    await writeFile(join(scratch, 'pom.xml'), POM);
    await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
      env: process.env,
      cwd: scratch,
      failed: (lines) => new Error(`Maven could not fetch it (${lines[0] ?? 'no output'})`),
    });
    await rename(join(scratch, 'lib'), LIBRARY);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

const answers = async (url: string): Promise<boolean> => {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
