import type { FontName } from './font-files.ts';

/** Whose forms Chinese characters are written in where the text itself does not tell. */
export type Han = 'japanese' | 'korean' | 'simplified' | 'traditional';

/** The characters' signs and letters, with the brackets and full widths that are written among them. */
const HAN = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\u3000-\u303f\uff00-\uffef]/u;

const OTHERS: readonly (readonly [FontName, RegExp])[] = [
  ['arabic', /\p{scx=Arab}/u],
  ['hebrew', /\p{scx=Hebr}/u],
  ['armenian', /\p{scx=Armn}/u],
  ['georgian', /\p{scx=Geor}/u],
  ['thai', /\p{scx=Thai}/u],
];

/**
 * The fonts to look in for the letters of this text, the likeliest first. Where more than one is needed all are of one
 * weight: beside the strong Latin, other scripts would look faint.
 */
export function fontsFor(text: string, { strong, han }: { readonly strong: boolean; readonly han: Han }): FontName[] {
  const scripts = OTHERS.filter(([, script]) => script.test(text)).map(([font]) => font);
  const others = HAN.test(text) ? [...scripts, ...hanFonts(text, han)] : scripts;
  // Japan's has arrows, stars and ring numbers, too.
  return [strong && others.length === 0 ? 'strong' : 'text', ...others, 'japanese'];
}

/** The text's own letters tell more than where its reader is. */
function hanFonts(text: string, han: Han): Han[] {
  const first = /[\p{sc=Hira}\p{sc=Kana}]/u.test(text)
    ? 'japanese'
    : /\p{sc=Hang}/u.test(text)
      ? 'korean'
      : /\p{sc=Bopo}/u.test(text)
        ? 'traditional'
        : han;
  return [...new Set<Han>([first, 'simplified', 'japanese', 'traditional', 'korean'])];
}

const HAN_OF_ZONES: Readonly<Record<string, Han>> = {
  'Asia/Tokyo': 'japanese',
  'Asia/Seoul': 'korean',
  'Asia/Taipei': 'traditional',
  'Asia/Hong_Kong': 'traditional',
  'Asia/Macau': 'traditional',
};

/** The forms that people read where they are. */
export const hanOf = (timeZone: string | undefined): Han => HAN_OF_ZONES[timeZone ?? ''] ?? 'simplified';
