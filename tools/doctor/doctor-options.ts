import { parseArgs } from 'node:util';
import { Failure } from '../local/failure.ts';
import { wrongOption } from '../wrong-option.ts';

/** What `npm run doctor -- --help` says. */
export const USAGE = `npm run doctor -- [options]      is this stage healthy, and if not, what to do?

  --stage <stage>    whose: local (if left out), dev, prod, …
  --drift            also look for what was changed by hand (a minute or two)
  --keys             find API keys even where that reads a large table
  --json             the report as JSON, for programs
  -h, --help

It only looks: it changes nothing, sends nothing, and shows no names, addresses
or secrets. It ends with 0 when nobody is hurt by what it found, with 1 when
somebody is, with 2 when it could not look, at all or at a part.

AWS is reached as the AWS CLI would; the local stage as npm start serves it.
What each check means, and the rights it needs: docs/runbook.md#doctor
`;

export interface DoctorOptions {
  readonly help: boolean;
  readonly stage: string;
  readonly json: boolean;
  readonly drift: boolean;
  readonly keys: boolean;
}

/** Reads the command line; throws a sentence that says what is wrong with it. */
export function doctorOptions(args: readonly string[]): DoctorOptions {
  const { help = false, stage = 'local', json = false, drift = false, keys = false } = readArgs(args);
  // The name of a stack: a letter first, then letters, digits and hyphens, 128 at most.
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,100}$/.test(stage))
    throw new Failure(`--stage is “${stage}”, but a stage is a name like dev or prod.`);
  return { help, stage, json, drift, keys };
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        stage: { type: 'string' },
        json: { type: 'boolean' },
        drift: { type: 'boolean' },
        keys: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrongOption(error, 'npm run doctor');
  }
}
