import { requestedAt } from './mail-key.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** For so long whoever reads an address that was left may object to the move, and it is kept. Seconds. */
export const OBJECT_WITHIN = 7 * 24 * 3600;

/** So many left addresses a row keeps, for it is read for every mail: with as many, it moves no more until one is forgotten. */
export const MOST_LEFT = 3;

/** An address that a registration has moved away from. */
export interface LeftAddress {
  /** Of the mail that tells it so; it carries when the address was left. */
  readonly occasion: string;
  readonly email: string;
  /** The SEQUENCE of the CANCEL for its calendar, where an invitation may be in that. */
  readonly sequence?: number;
  /** Whether somebody there has objected to the move. */
  readonly objected: boolean;
}

type Left = Pick<Registration, 'left'>;

/** When it was left, epoch seconds. */
export const leftAt = ({ occasion }: Pick<LeftAddress, 'occasion'>): Epoch => requestedAt(occasion);

/** The address as it is kept: `<sequence>|<x where objected>|<email>`. An address may hold a bar, so it comes last. */
export const writeLeft = ({ email, sequence, objected }: Omit<LeftAddress, 'occasion'>): string =>
  [sequence ?? '', objected ? 'x' : '', email].join('|');

function readLeft(occasion: string, text: string): LeftAddress {
  const [, sequence, mark, email] = /^(\d*)\|(x?)\|(.+)$/.exec(text) ?? [];
  if (email === undefined) throw new Error(`Not an address that was left: ${occasion}`);
  return { occasion, email, objected: mark === 'x', ...(sequence && { sequence: Number(sequence) }) };
}

/** The addresses a registration has left and still keeps, oldest first. */
export const leftAddressesOf = ({ left = {} }: Left): LeftAddress[] =>
  Object.entries(left)
    .map(([occasion, text]) => readLeft(occasion, text))
    .sort((a, b) => leftAt(a) - leftAt(b));

/** The address that the mail of this occasion is for; undefined once it is forgotten. */
export const leftAddressOf = ({ left = {} }: Left, occasion: string): LeftAddress | undefined =>
  left[occasion] === undefined ? undefined : readLeft(occasion, left[occasion]);

/** Whether somebody there may still object. */
export const mayObject = (address: LeftAddress, now: Epoch): boolean => now < leftAt(address) + OBJECT_WITHIN;

/** When the next address is to be forgotten, epoch seconds; undefined where none is kept. */
export const forgetAt = (row: Left): Epoch | undefined => {
  const [oldest] = leftAddressesOf(row);
  return oldest && leftAt(oldest) + OBJECT_WITHIN;
};

/** The row with these left addresses, and no others. */
export function withLeft<Row extends Left>(row: Row, addresses: readonly LeftAddress[]): Row {
  const { left: _, ...rest } = row;
  const left = Object.fromEntries(addresses.map((address) => [address.occasion, writeLeft(address)]));
  return addresses.length === 0 ? (rest as Row) : { ...row, left };
}
