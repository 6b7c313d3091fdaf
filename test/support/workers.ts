import { execFileSync } from 'node:child_process';
import type { Endpoint } from '#tools/local/endpoint.ts';

/**
 * Ends every process that runs this function on this AWS, as a machine's sudden end would (SIGKILL); resolves to how many
 * there were.
 */
export function killWorkersOf(functionName: string, { url }: Pick<Endpoint, 'url'>): number {
  const listing = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 }).toString();
  const isOne = (line: string) =>
    `${line} `.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName} `) && `${line} `.includes(`AWS_ENDPOINT_URL=${url} `);
  const pids = listing
    .split('\n')
    .filter(isOne)
    .map((line) => Number.parseInt(line, 10));
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}
