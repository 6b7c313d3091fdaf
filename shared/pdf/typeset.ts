import type { Face, Faces } from './faces.ts';
import type { FontName } from './font-files.ts';
import { fontsFor, type Han } from './scripts.ts';

/** What a reader takes for one character, and the face that has all of it. */
export interface Cluster {
  readonly text: string;
  readonly face: Face;
}

export interface Setting {
  readonly strong: boolean;
  readonly han: Han;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const MEANS_SOMETHING = /[\p{L}\p{M}\p{N}]/u;
/** Joiners and variation selectors: they shape what stands before them and need no glyph. */
const UNSEEN = /\p{DI}/u;

/**
 * A text with a face for each of its characters. A sign that no face has, an emoji say, is left out; a letter or digit
 * that none has leaves the whole unset: undefined.
 */
export async function typeset(faces: Faces, text: string, setting: Setting): Promise<Cluster[] | undefined> {
  const names = fontsFor(text, setting);
  const clusters: Cluster[] = [];
  for (const { segment } of GRAPHEMES.segment(asShaped(text))) {
    const before = clusters.at(-1);
    if (segment === ' ' && (before === undefined || before.text === ' ')) continue;
    const found = await find(segment, faces, names, before?.face);
    if (found) clusters.push(found);
    else if (MEANS_SOMETHING.test(segment)) return undefined;
  }
  return clusters.at(-1)?.text === ' ' ? clusters.slice(0, -1) : clusters;
}

/** Signs and spaces stay in the face of what stands before them, so that words of one script are set in one piece. */
async function find(
  cluster: string,
  faces: Faces,
  names: readonly FontName[],
  before: Face | undefined,
): Promise<Cluster | undefined> {
  if (before && !MEANS_SOMETHING.test(cluster) && has(before, cluster)) return { text: cluster, face: before };
  // Bold, ringed and other letters of fancy stand for plain ones.
  for (const text of new Set([cluster, cluster.normalize('NFKC')]))
    for (const name of names) {
      const face = await faces(name);
      if (has(face, text)) return { text, face };
    }
  return undefined;
}

const has = ({ font }: Face, cluster: string): boolean =>
  [...cluster].every((sign) => UNSEEN.test(sign) || font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));

/** What fontkit does not know of the order of marks: Thai's ring stands below a tone, Arabic's doubling below a vowel. */
const asShaped = (text: string): string =>
  text
    .replace(/\p{Zs}/gu, ' ')
    .replace(/\ufe0f?\u20e3/g, '')
    .replace(/([\u0e48-\u0e4b]*)\u0e33/g, '\u0e4d$1\u0e32')
    .replace(/([\u064b-\u0650]+)\u0651/g, '\u0651$1');
