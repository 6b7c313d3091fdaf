import type { Cluster } from './typeset.ts';
import { widthOf } from './visual-order.ts';

/** What stays together on a line, and the space behind it, which the end of a line swallows. Widths at size 1. */
export interface Word {
  readonly clusters: readonly Cluster[];
  readonly width: number;
  readonly gap: readonly Cluster[];
  readonly gapWidth: number;
}

const WORDS = new Intl.Segmenter('en', { granularity: 'word' });
const CLOSES = /[\p{Pd}\p{Pe}/、。，．！？；：・…]$/u;
const OPENS = /^\p{Ps}/u;

/** A text where it may be broken: at spaces and behind hyphens; Chinese, Japanese and Thai between their words. */
export function wordsOf(text: readonly Cluster[]): Word[] {
  const breaks = breaksOf(text.map((cluster) => cluster.text).join(''));
  const words: Cluster[][] = [];
  let at = 0;
  for (const cluster of text) {
    if (breaks.has(at)) words.push([]);
    words.at(-1)?.push(cluster);
    at += cluster.text.length;
  }
  return words.map(wordOf);
}

/** Letter by letter, for who has no line that takes the whole. */
export const lettersOf = ({ clusters, gap, gapWidth }: Word): Word[] =>
  clusters.map((cluster, n) => {
    const isLast = n === clusters.length - 1;
    return { clusters: [cluster], width: measure([cluster]), gap: isLast ? gap : [], gapWidth: isLast ? gapWidth : 0 };
  });

/** Where lines may begin: offsets into the text. */
function breaksOf(text: string): Set<number> {
  const breaks = new Set([0]);
  let before: Intl.SegmentData | undefined;
  for (const segment of WORDS.segment(text)) {
    if (before && mayBreak(before, segment)) breaks.add(segment.index);
    before = segment;
  }
  return breaks;
}

function mayBreak(before: Intl.SegmentData, after: Intl.SegmentData): boolean {
  if (after.segment === ' ') return false;
  if (before.segment === ' ') return true;
  const begins = after.isWordLike === true || OPENS.test(after.segment);
  return (
    begins &&
    (before.isWordLike === true
      ? after.isWordLike === true || !/\w$/.test(before.segment)
      : CLOSES.test(before.segment))
  );
}

function wordOf(clusters: readonly Cluster[]): Word {
  const end = clusters.findLastIndex(({ text }) => text !== ' ') + 1;
  const [word, gap] = [clusters.slice(0, end), clusters.slice(end)];
  return { clusters: word, width: measure(word), gap, gapWidth: measure(gap) };
}

/** The widths of stretches of one face, which is what pieces of a line are up to their order. */
function measure(clusters: readonly Cluster[]): number {
  let [sum, stretch]: [number, Cluster[]] = [0, []];
  const add = () => {
    const [first] = stretch;
    if (first) sum += widthOf(first.face, stretch.map(({ text }) => text).join(''));
    stretch = [];
  };
  for (const cluster of clusters) {
    if (stretch[0] && stretch[0].face !== cluster.face) add();
    stretch.push(cluster);
  }
  add();
  return sum;
}
