/**
 * The fonts that PDFs are set in, each a file of an npm package under the SIL Open Font License. They are shipped beside
 * the code of the function that sets: see `FONTS_FOLDER`.
 */
export const FONT_FILES = {
  /** Latin, Greek, Cyrillic and Devanagari. */
  text: '@embedpdf/fonts-latin/fonts/NotoSans-Regular.ttf',
  strong: '@embedpdf/fonts-latin/fonts/NotoSans-SemiBold.ttf',
  arabic: '@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf',
  hebrew: '@embedpdf/fonts-hebrew/fonts/NotoSansHebrew-Regular.ttf',
  armenian: '@fontsource/noto-sans-armenian/files/noto-sans-armenian-armenian-400-normal.woff',
  georgian: '@fontsource/noto-sans-georgian/files/noto-sans-georgian-georgian-400-normal.woff',
  thai: '@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff',
  japanese: '@embedpdf/fonts-jp/fonts/NotoSansJP-Regular.otf',
  korean: '@embedpdf/fonts-kr/fonts/NotoSansKR-Regular.otf',
  simplified: '@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf',
  traditional: '@embedpdf/fonts-tc/fonts/NotoSansHant-Regular.otf',
} as const;

export type FontName = keyof typeof FONT_FILES;

/** Where they lie in a bundle, by the last part of their names. */
export const FONTS_FOLDER = 'fonts';
