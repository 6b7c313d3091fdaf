import type { Cluster } from './typeset.ts';
import { inVisualOrder, type Piece } from './visual-order.ts';
import { lettersOf, type Word, wordsOf } from './words.ts';

/** Where a text has to go. Points. */
export interface Room {
  readonly width: number;
  readonly height: number;
  /** Of letters, where there is room enough. */
  readonly size: number;
}

/** A text as it is to be drawn. */
export interface Block {
  readonly size: number;
  readonly lines: readonly (readonly Piece[])[];
  readonly height: number;
}

/** From one line to the next: enough for Thai and Arabic, whose marks stand above and below. */
export const LEADING = 1.36;

/** All of a text in the room there is, in lines of nearly one length; letters shrink until it fits, however long it is. */
export function fitInto(text: readonly Cluster[], { width, height, size: wanted }: Room): Block {
  const words = wordsOf(text);
  for (let size = wanted; ; size *= 0.94) {
    const most = width / size;
    const lines = balanced(
      words.flatMap((word) => (word.width > most ? lettersOf(word) : [word])),
      most,
    );
    const needed = lines.length * size * LEADING;
    if (needed <= height) return { size, lines: lines.map(inVisualOrder), height: needed };
  }
}

/** As many lines as the full measure takes, and no longer than that needs. */
function balanced(words: readonly Word[], most: number): Cluster[][] {
  const full = wrapped(words, most);
  let best = full;
  for (let measure = most * 0.96; measure > most / 2; measure *= 0.96) {
    const narrower = wrapped(words, measure);
    if (narrower.length > full.length) break;
    best = narrower;
  }
  return best;
}

function wrapped(words: readonly Word[], most: number): Cluster[][] {
  const lines: Cluster[][] = [];
  let [used, before]: [number, Pick<Word, 'gap' | 'gapWidth'> | undefined] = [0, undefined];
  for (const word of words) {
    const fits = before && used + before.gapWidth + word.width <= most;
    if (before && fits) {
      lines.at(-1)?.push(...before.gap, ...word.clusters);
      used += before.gapWidth + word.width;
    } else {
      lines.push([...word.clusters]);
      used = word.width;
    }
    before = word;
  }
  return lines;
}
