import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { atParameter } from '#shared/http/fault.ts';
import { InvalidInput } from '#shared/http/problem.ts';

const FAULT = 'Send a cursor as you got it, with the same filters';

const checkOf = (payload: string, listing: string) =>
  createHash('sha256').update(`${listing}\n${payload}`).digest('base64url').slice(0, 8);

/**
 * Where a listing goes on, as a word nobody needs to understand. `listing` is all that shapes the list, so a cursor of
 * another one is told apart; a forged one leads to another place in the same list, and to nothing else.
 */
export function writeCursor(position: unknown, listing: string): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${checkOf(payload, listing)}`;
}

/** The position in a cursor of this listing; undefined without one. Throws InvalidInput that names `cursor`. */
export function readCursor<Position extends z.ZodType>(
  cursor: string | undefined,
  listing: string,
  schema: Position,
): z.infer<Position> | undefined {
  if (cursor === undefined) return undefined;
  const [payload = '', check, ...rest] = cursor.split('.');
  if (check !== checkOf(payload, listing) || rest.length > 0) throw new InvalidInput([atParameter('cursor', FAULT)]);
  const position = schema.safeParse(jsonIn(payload));
  if (!position.success) throw new InvalidInput([atParameter('cursor', FAULT)]);
  return position.data;
}

function jsonIn(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return undefined;
  }
}
