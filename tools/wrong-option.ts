import { Failure } from './local/failure.ts';

/** What the command line of a program says that it does not take, in one sentence; of Node's explanation, the rest is left out. */
export function wrongOption(error: unknown, program: string): Failure {
  const [first] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
  return new Failure(`${first} (${program} -- --help lists the options)`);
}
