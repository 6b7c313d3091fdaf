import { parseArgs } from 'node:util';
import { wrongOption } from '../wrong-option.ts';
import { Failure } from './failure.ts';

export interface StartOptions {
  readonly fresh: boolean;
  readonly watch: boolean;
  readonly help: boolean;
  readonly timings: string | undefined;
}

/** What `npm start -- --help` says. */
export const USAGE = `npm start [-- options]      the whole of Rollcall on this machine

  --fresh             begin anew: forget the events, people and mails of earlier starts
  --watch             deploy again whenever the code changes
  --timings 1/30      shorten the waits of the stage (graces, sweeps) to that fraction
  --help              this text

Ports: ROLLCALL_SITE_PORT (3000), ROLLCALL_AWS_PORT (4566), ROLLCALL_MAIL_PORT (8005).
What it keeps is in .rollcall/, its Python packages are in .venv/.
`;

/** Reads the command line; throws a sentence that names what it does not know. */
export const startOptions = (args: readonly string[]): StartOptions => {
  const { values } = readArgs(args);
  const timings = values.timings ?? timingsIn(values.context ?? []);
  if (timings !== undefined && !/^[1-9]\d*\/[1-9]\d*$/.test(timings)) {
    throw new Failure(`--timings is "${timings}", but it must be a fraction such as 1/30.`);
  }
  return { fresh: values.fresh ?? false, watch: values.watch ?? false, help: values.help ?? false, timings };
};

const readArgs = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean' },
        watch: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        timings: { type: 'string' },
        context: { type: 'string', short: 'c', multiple: true },
      },
    });
  } catch (error) {
    throw wrongOption(error, 'npm start');
  }
};

/** `-c timings=1/30`, as one would tell the CDK. */
const timingsIn = (context: readonly string[]): string | undefined => {
  let timings: string | undefined;
  for (const pair of context) {
    const [name, value] = pair.split('=');
    if (name !== 'timings') {
      throw new Failure(`-c ${pair}: npm start passes on no other setting than -c timings=1/30; edit infra/stages.ts.`);
    }
    timings = value;
  }
  return timings;
};
