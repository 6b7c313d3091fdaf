import { join } from 'node:path';
import { bareEnv } from '../local/endpoint.ts';
import { Failure } from '../local/failure.ts';
import { freePort } from '../local/ports.ts';
import { start } from '../local/process.ts';
import { inVenv, type Packages } from '../local/venv.ts';
import type { Rule } from './fault-sets.ts';

/** The fault proxy and what it needs. */
export const CHAOS: Packages = { folder: '.venv-chaos', requirements: 'requirements-chaos.txt' };

const READY_WITHIN_MS = 30_000;

/** A proxy in front of one address, which fails as it is told. */
export interface FaultProxy {
  readonly url: string;
  readonly port: number;
  /** From now on these faults and no others. */
  fail(rules: readonly Rule[]): Promise<void>;
  /** How many faults struck since it was told last. */
  struck(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the proxy; it listens on the loopback address alone. */
export async function startFaultProxy(upstream: string, folder: string): Promise<FaultProxy> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['--upstream', upstream, '--host', '127.0.0.1', '--port', String(port), '--no-resign'];
  const logFile = join(folder, `fault-proxy-${port}.log`);
  const proxy = await start(inVenv('microburst', CHAOS), args, { env: bareEnv(folder), cwd: folder, logFile });
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/_microburst/${path}`, init);
    if (!response.ok) throw new Failure(`The fault proxy does not take it: ${await response.text()}`);
    return response.json().catch(() => undefined);
  };
  const deadline = performance.now() + READY_WITHIN_MS;
  while (
    !(await ask('GET', 'rules')
      .then(() => true)
      .catch(() => false))
  ) {
    if (performance.now() > deadline) throw new Failure(`The fault proxy does not answer; its log is ${logFile}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    port,
    fail: async (rules) => {
      await ask('POST', 'rules', rules);
      await ask('DELETE', 'fired');
    },
    struck: async () => ((await ask('GET', 'fired?limit=100000')) as readonly unknown[]).length,
    stop: () => proxy.stop(5),
  };
}
