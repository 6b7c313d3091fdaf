/*
 * Whatever a simulated person says of themselves is told apart by these words, so that any trace of them is found: in
 * items, messages, facts, clocks and log lines.
 */
const NAME = /Person No\d+[a-z]/;
const ADDRESS = /person\d+[a-z]?@example\.org/;
const SAID = /(?:Org|Words) of Person No\d+[a-z]/;
const CANARY = new RegExp([SAID, NAME, ADDRESS].map(({ source }) => source).join('|'));
const EVERY = new RegExp(CANARY, 'g');

export interface Person {
  readonly name: string;
  readonly email: string;
}

export const aPerson = (n: number): Person => ({ name: `Person No${n}x`, email: `person${n}@example.org` });

/** The same person by another name. */
export const renamed = (name: string): string => name.replace(/[a-z]$/, name.endsWith('x') ? 'y' : 'x');

/** The same person's address, or one of the others that are theirs. */
export const addressOf = (email: string, letter: '' | 'b' | 'c'): string => email.replace(/[a-z]?@/, `${letter}@`);

/** What a text holds of anybody. */
export const personalIn = (text: string): readonly string[] => text.match(EVERY) ?? [];
