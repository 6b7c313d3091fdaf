import { parseArgs } from 'node:util';
import { SCOPES, Scope } from '#shared/domain/api-key.ts';
import { Id } from '#shared/domain/ids.ts';
import { Failure } from '../local/failure.ts';
import { stageNamed } from '../stage-named.ts';
import { wrongOption } from '../wrong-option.ts';

/** What `npm run keys -- --help` says. */
export const USAGE = `npm run keys -- <command> [options]      keys to the organiser API

  create --name <whose> --scopes <scope,…>   make a key; its token is printed once
         --events <eventId,…>                reach these events only
         --expires 2027-01-31                good until the end of that day, UTC
  list                                       every key, without its secret
  revoke <keyId>                             end a key; it stops working within a minute

  --stage <stage>    whose keys: local (if left out), dev, prod, …
  --table <name>     the table itself, instead of the one of the stage's stack

Scopes: ${SCOPES.join(', ')}; or all.
AWS is reached as the AWS CLI would; the local stage as npm start serves it.
`;

/** What a new key is to be. */
export interface KeyWish {
  readonly name: string;
  readonly scopes: Scope[];
  readonly events?: string[];
  readonly expiresOn?: string;
}

type KeysCommand =
  | { readonly do: 'help' }
  | { readonly do: 'create'; readonly wish: KeyWish }
  | { readonly do: 'list' }
  | { readonly do: 'revoke'; readonly keyId: string };

export interface KeysOptions {
  readonly command: KeysCommand;
  readonly stage: string;
  readonly table: string | undefined;
}

type Values = ReturnType<typeof readArgs>['values'];

/** Reads the command line; throws a sentence that says what is missing or wrong. `now` is epoch milliseconds. */
export function keysOptions(args: readonly string[], now: number): KeysOptions {
  const { values, positionals } = readArgs(args);
  const { table } = values;
  return {
    command: values.help ? { do: 'help' } : commandIn(positionals, values, now),
    stage: stageNamed(values.stage),
    table,
  };
}

function commandIn([verb, ...rest]: readonly string[], values: Values, now: number): KeysCommand {
  const [extra] = verb === 'revoke' ? rest.slice(1) : rest;
  if (extra !== undefined) throw new Failure(`“${extra}” is one word too many. Put names with blanks in quotes.`);
  switch (verb) {
    case 'create':
      return { do: 'create', wish: wishIn(values, now) };
    case 'list':
      return { do: 'list' };
    case 'revoke': {
      if (!rest[0]) throw new Failure('Say which key: npm run keys -- revoke <keyId>. `list` shows the ids.');
      // Whoever has only the token at hand may paste it: its second part is the id.
      return { do: 'revoke', keyId: id(/^rk_([^_]+)_/.exec(rest[0])?.[1] ?? rest[0], 'key') };
    }
    case undefined:
      return { do: 'help' };
    default:
      throw new Failure(
        `“${verb}” is no command; there are create, list and revoke. npm run keys -- --help says more.`,
      );
  }
}

function wishIn({ name = '', scopes, events, expires }: Values, now: number): KeyWish {
  const whose = name.trim();
  if (whose === '' || whose.length > 100) {
    throw new Failure('Say whose key it is in 100 characters or fewer: --name "Website"');
  }
  const wish: KeyWish = {
    name: whose,
    scopes: scopesIn(scopes),
    ...(events !== undefined && { events: words(events).map((each) => id(each, 'event')) }),
    ...(expires !== undefined && { expiresOn: endOf(expires, now) }),
  };
  if (wish.events?.length === 0) throw new Failure('--events names no event; leave it out for a key to all of them.');
  if (wish.events && wish.scopes.includes('sending:control')) {
    throw new Failure('sending:control stops the mail of every event, so a key limited to some cannot have it.');
  }
  return wish;
}

function scopesIn(text: string | undefined): Scope[] {
  if (text === undefined)
    throw new Failure(`Say what the key may do: --scopes events:read,… There are ${SCOPES.join(', ')}.`);
  if (text === 'all') return [...SCOPES];
  const scopes = words(text).map((word) => {
    const { success, data } = Scope.safeParse(word);
    if (!success) throw new Failure(`“${word}” is no scope. There are ${SCOPES.join(', ')}; or all.`);
    return data;
  });
  if (scopes.length === 0) throw new Failure('--scopes names no scope.');
  return [...new Set(scopes)];
}

function endOf(day: string, now: number): string {
  const end = `${day}T23:59:59Z`;
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(end)) && new Date(end).toISOString().startsWith(day);
  if (!isDay) throw new Failure(`--expires is “${day}”, but it must be a day like 2027-01-31.`);
  if (Date.parse(end) <= now) throw new Failure(`--expires is ${day}, and that is over.`);
  return end;
}

function id(text: string, what: 'key' | 'event'): string {
  if (!Id.safeParse(text).success)
    throw new Failure(
      `“${text}” is no id of ${what === 'key' ? 'a key' : 'an event'}; ids look like 7f3kq9x2m4t8c1vz.`,
    );
  return text;
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scopes: { type: 'string' },
        events: { type: 'string' },
        expires: { type: 'string' },
        stage: { type: 'string' },
        table: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrongOption(error, 'npm run keys');
  }
}
