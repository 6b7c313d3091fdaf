import { parseArgs } from 'node:util';
import { Id } from '#shared/domain/ids.ts';
import { MAIL_KINDS, type MailKind } from '#shared/domain/mail-kinds.ts';
import { UNSENT_STATES, type UnsentState } from '#shared/domain/unsent.ts';
import { Failure } from '../local/failure.ts';
import { stageNamed } from '../stage-named.ts';
import { wrongOption } from '../wrong-option.ts';

/** What `npm run deliveries -- --help` says. */
export const USAGE = `npm run deliveries -- <command> [options]      mails that did not go

  list       how many there are, by event, kind and reason
  release    have them sent again, once the cause is mended

  --kind <kind,…>         only these: ${MAIL_KINDS.slice(0, 3).join(', ')}, …
  --campaign <number,…>   only those of these campaigns
  --reason <reason,…>     only those with one of these reasons, as list shows them
  --event <eventId>       only those of this event
  --held                  those of which nobody knows whether they were sent, instead of those that failed
  --yes                   release without asking

  --stage <stage>    whose mails: local (if left out), dev, prod, …
  --api <address>    where the stage is, instead of what its stack says: https://events.example.org

The API is called with the key in ROLLCALL_API_KEY. list needs events:read and campaigns:read, release also
campaigns:trigger: npm run keys -- create --name Operations --scopes events:read,campaigns:read,campaigns:trigger
`;

/** Which mails are meant. */
export interface Picked {
  readonly state: UnsentState;
  readonly kinds?: readonly MailKind[];
  readonly campaigns?: readonly string[];
  readonly reasons?: readonly string[];
}

export interface DeliveriesOptions {
  readonly command: 'help' | 'list' | 'release';
  readonly pick: Picked;
  readonly eventId: string | undefined;
  readonly yes: boolean;
  readonly stage: string;
  readonly api: string | undefined;
}

/** Reads the command line; throws a sentence that says what is wrong. */
export function deliveriesOptions(args: readonly string[]): DeliveriesOptions {
  const { values, positionals } = readArgs(args);
  const { kind, campaign, reason, event, held = false, yes = false, api } = values;
  const command = values.help ? 'help' : commandIn(positionals);
  if (yes && command === 'list') throw new Failure('--yes is for release; list changes nothing.');
  return {
    command,
    pick: {
      state: held ? UNSENT_STATES[1] : UNSENT_STATES[0],
      ...(kind !== undefined && { kinds: each('--kind', kind, kindIn) }),
      ...(campaign !== undefined && { campaigns: each('--campaign', campaign, campaignIn) }),
      ...(reason !== undefined && { reasons: each('--reason', reason, reasonIn) }),
    },
    eventId: event === undefined ? undefined : eventIn(event),
    yes,
    stage: stageNamed(values.stage),
    api: api === undefined ? undefined : addressIn(api),
  };
}

function commandIn([verb, extra]: readonly string[]): DeliveriesOptions['command'] {
  if (extra !== undefined) throw new Failure(`“${extra}” is one word too many.`);
  if (verb === undefined) return 'help';
  if (verb === 'list' || verb === 'release') return verb;
  throw new Failure(`“${verb}” is no command; there are list and release. npm run deliveries -- --help says more.`);
}

function each<Word>(option: string, text: string, read: (word: string) => Word): Word[] {
  const words = text.split(/[\s,]+/).filter(Boolean);
  if (words.length === 0) throw new Failure(`${option} names nothing; leave it out for all.`);
  return [...new Set(words.map(read))];
}

function kindIn(word: string): MailKind {
  const kind = MAIL_KINDS.find((known) => known === word);
  if (!kind) throw new Failure(`“${word}” is no kind of mail. There are ${MAIL_KINDS.join(', ')}.`);
  return kind;
}

function campaignIn(word: string): string {
  if (!/^[1-9]\d{0,5}$/.test(word)) throw new Failure(`“${word}” is no campaign; campaigns go by number, such as 2.`);
  return word;
}

function reasonIn(word: string): string {
  if (!/^[\w-]{1,64}$/.test(word)) throw new Failure(`“${word}” is no reason; list shows those there are.`);
  return word;
}

function eventIn(word: string): string {
  if (!Id.safeParse(word).success) throw new Failure(`“${word}” is no id of an event; ids look like 7f3kq9x2m4t8c1vz.`);
  return word;
}

function addressIn(word: string): string {
  const address = URL.canParse(word) ? new URL(word) : undefined;
  if (!address || !/^https?:$/.test(address.protocol) || address.pathname !== '/' || address.search !== '')
    throw new Failure(`--api is “${word}”, but it must be an address like https://events.example.org.`);
  return address.origin;
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        campaign: { type: 'string' },
        reason: { type: 'string' },
        event: { type: 'string' },
        held: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        stage: { type: 'string' },
        api: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrongOption(error, 'npm run deliveries');
  }
}
