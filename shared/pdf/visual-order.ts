import bidiModule from 'bidi-js';
import type { Face } from './faces.ts';
import type { Cluster } from './typeset.ts';

/** A piece of a line that is set in one face in one direction. */
export interface Piece {
  readonly face: Face;
  /** As fontkit must be given it to come out right. */
  readonly text: string;
  /** In units of the font's size. */
  readonly width: number;
}

// Its types are those of an ES module; what Node and esbuild give is the function itself.
const bidi = (bidiModule as unknown as typeof bidiModule.default)();

interface Run {
  readonly face: Face;
  readonly level: number;
  text: string;
}

/** The pieces of a line from left to right (UAX 9). Throws where fontkit cannot shape one. */
export function inVisualOrder(line: readonly Cluster[]): Piece[] {
  return reordered(runsOf(line)).map(({ face, text, level }) => {
    const asGiven = readsRightToLeft(text) === level % 2 > 0 ? text : turned(text);
    return { face, text: asGiven, width: widthOf(face, asGiven) };
  });
}

/** How wide fontkit sets a text, in units of the font's size. */
export const widthOf = ({ font }: Face, text: string): number => font.layout(text, []).advanceWidth / font.unitsPerEm;

function runsOf(line: readonly Cluster[]): Run[] {
  const text = line.map((cluster) => cluster.text).join('');
  const { levels } = bidi.getEmbeddingLevels(text);
  const runs: Run[] = [];
  let at = 0;
  for (const { text: cluster, face } of line) {
    const level = levels[at] ?? 0;
    at += cluster.length;
    const sign = level % 2 > 0 ? (bidi.getMirroredCharacter(cluster) ?? cluster) : cluster;
    const last = runs.at(-1);
    if (last?.face === face && last.level === level) last.text += sign;
    else runs.push({ face, level, text: sign });
  }
  return runs;
}

/** From the highest level down to the lowest odd one, each stretch at or above it is turned round (rule L2). */
function reordered(runs: readonly Run[]): readonly Run[] {
  const ordered = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level--) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return ordered;
}

/** fontkit goes by the first letter or digit that belongs to a script; brackets among Hebrew and Persian digits mislead it. */
const readsRightToLeft = (text: string): boolean => /^[\p{sc=Zyyy}\p{sc=Zinh}]*[\p{sc=Arab}\p{sc=Hebr}]/u.test(text);

const turned = (text: string): string => [...text].reverse().join('');
