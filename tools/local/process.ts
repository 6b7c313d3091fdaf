import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export interface ProcessOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Everything it prints goes there as well; the file is begun anew. */
  readonly logFile?: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves when it has ended and its output is complete; `code` is null if a signal ended it. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** The last lines it printed, oldest first. */
  lastLines(): readonly string[];
  /** SIGTERM, then after `graceSeconds` SIGKILL to it and to everything it started. */
  stop(graceSeconds: number): Promise<void>;
}

const KEPT_LINES = 200;

/** Every group leader that has not been stopped yet, so that even a crash of ours can end them. */
const groups = new Set<number>();
process.on('exit', () => {
  for (const pid of groups) killGroup(pid);
});

/** Starts a program as the leader of a process group of its own, so that Ctrl-C is ours to pass on, once and in order. */
export const start = async (command: string, args: readonly string[], options: ProcessOptions): Promise<Running> => {
  const child = spawn(command, args, {
    env: options.env,
    ...(options.cwd && { cwd: options.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await once(child, 'spawn');
  const pid = child.pid as number;
  groups.add(pid);
  const log = options.logFile ? createWriteStream(options.logFile) : undefined;
  let tail = '';
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      log?.write(text);
      tail = (tail + text).split('\n').slice(-KEPT_LINES).join('\n');
    });
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      hasEnded = true;
      // Grandchildren may hold the pipes open for ever: what has not arrived a moment after the end is not waited for.
      const drained = Promise.all([child.stdout, child.stderr].map((stream) => finished(stream).catch(() => {})));
      Promise.race([drained, new Promise((done) => setTimeout(done, 200))]).then(
        () => {
          log?.end();
          resolve({ code, signal });
        },
        () => resolve({ code, signal }),
      );
    });
  });
  const lastLines = () =>
    tail
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');
  const stop = async (graceSeconds: number) => {
    if (!hasEnded) signalTo(pid, 'SIGTERM');
    const hurry = setTimeout(() => killGroup(pid), graceSeconds * 1000);
    await ended;
    clearTimeout(hurry);
    killGroup(pid);
    groups.delete(pid);
  };
  return { pid, ended, lastLines, stop };
};

/** Runs a program to its end and gives its last lines; a failure is thrown as `failed` makes it from those lines. */
export const run = async (
  command: string,
  args: readonly string[],
  options: ProcessOptions & { readonly failed: (lines: readonly string[]) => Error; readonly signal?: AbortSignal },
): Promise<readonly string[]> => {
  const child = await start(command, args, options).catch((cause: Error) => {
    throw options.failed([cause.message]);
  });
  const abort = () => void child.stop(1);
  options.signal?.addEventListener('abort', abort);
  const { code } = await child.ended;
  options.signal?.removeEventListener('abort', abort);
  await child.stop(0);
  if (code !== 0) throw options.failed(child.lastLines());
  return child.lastLines();
};

const signalTo = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
};

const killGroup = (pid: number): void => signalTo(-pid, 'SIGKILL');
