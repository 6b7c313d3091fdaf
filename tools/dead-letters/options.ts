import { parseArgs } from 'node:util';
import { Failure } from '../local/failure.ts';
import { stageNamed } from '../stage-named.ts';
import { wrongOption } from '../wrong-option.ts';
import { QUEUES, type QueueName } from './queues.ts';

const VERBS = ['list', 'look', 'redrive', 'discard', 'purge'] as const;
type Verb = (typeof VERBS)[number];

/** What `npm run dead-letters -- --help` says. */
export const USAGE = `npm run dead-letters -- [command] [queue] [--stage <stage>]      messages nobody could deal with

  list              how many there are in each queue (this, if nothing is said)
  look <queue>      ten of them at most, left where they are
  redrive <queue>   put them back to be dealt with again; those that can never be read stay
  discard <queue>   delete those that can never be read: they carry a reason
  purge <queue>     delete all of them

Queues: ${QUEUES.join(', ')}.
--stage is local if left out. AWS is reached as the AWS CLI would; the local stage as npm start serves it.
`;

export type DeadLettersCommand =
  | { readonly do: 'help' }
  | { readonly do: 'list' }
  | { readonly do: Exclude<Verb, 'list'>; readonly queue: QueueName };

export interface DeadLettersOptions {
  readonly command: DeadLettersCommand;
  readonly stage: string;
}

/** Reads the command line; throws a sentence that says what is missing or wrong. */
export function deadLettersOptions(args: readonly string[]): DeadLettersOptions {
  const { values, positionals } = readArgs(args);
  return { command: values.help ? { do: 'help' } : commandIn(positionals), stage: stageNamed(values.stage) };
}

function commandIn([verb = 'list', queue, extra]: readonly string[]): DeadLettersCommand {
  const command = VERBS.find((each) => each === verb);
  if (!command) throw new Failure(`“${verb}” is no command; there are ${VERBS.join(', ')}.`);
  const tooMany = command === 'list' ? queue : extra;
  if (tooMany !== undefined) throw new Failure(`“${tooMany}” is one word too many.`);
  if (command === 'list') return { do: 'list' };
  const name = QUEUES.find((each) => each === queue);
  if (!name) {
    const wrong = queue === undefined ? 'Say which queue' : `“${queue}” is no queue of dead letters`;
    throw new Failure(`${wrong}: there are ${QUEUES.join(', ')}.`);
  }
  if (command === 'redrive' && name === 'publish')
    throw new Failure(
      'What lies in publish only says where in the stream something was, so it cannot be put back; the runbook says what to do.',
    );
  return { do: command, queue: name };
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { stage: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw wrongOption(error, 'npm run dead-letters');
  }
}
