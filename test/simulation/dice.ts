import type { Chance } from '#shared/domain/ids.ts';

/** All the chance there is in one simulated history: the same seed draws the same numbers, on any machine. */
export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  happens(probability: number): boolean;
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  readonly bytes: Chance;
  /** Dice of their own for one purpose: what others draw does not move them. */
  fork(purpose: string): Dice;
}

/** Dice from a seed (sfc32, by Chris Doty-Humphrey, as PractRand has it). */
export function dice(seed: string): Dice {
  let [a, b, c, d] = [hash(`${seed}/a`), hash(`${seed}/b`), hash(`${seed}/c`), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    happens: (probability) => probability > 0 && next() < probability,
    between: (low, high) => low + next() * (high - low),
    whole,
    pick: (from) => {
      const picked = from[whole(0, from.length - 1)];
      if (picked === undefined) throw new Error('Nothing to pick from');
      return picked;
    },
    bytes: (n) => Uint8Array.from({ length: n }, () => whole(0, 255)),
    fork: (purpose) => dice(`${seed}/${purpose}`),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}
