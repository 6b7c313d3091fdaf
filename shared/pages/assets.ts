import { SCRIPT } from './script.ts';
import { STYLESHEET } from './stylesheet.ts';

/** A file that belongs to every page. Its name changes with its content, so browsers may keep it for good. */
export interface Asset {
  readonly file: string;
  readonly type: string;
  readonly content: string;
}

/** Without the indentation that is there for us. */
const lean = (text: string) => text.replace(/\n\s*/g, '\n').trim();

function asset(content: string, extension: 'css' | 'js', type: string): Asset {
  return { file: `site.${fingerprint(content)}.${extension}`, type: `${type}; charset=utf-8`, content };
}

export const stylesheet: Asset = asset(lean(STYLESHEET), 'css', 'text/css');
export const script: Asset = asset(lean(SCRIPT), 'js', 'text/javascript');

/** The asset of that name, as it is now: an older page asks for an older name and is told there is none. */
export const assetNamed = (file: string): Asset | undefined => [stylesheet, script].find((each) => each.file === file);

/** Tells one version from the next, 53 bits of it (cyrb53); it protects nothing. */
function fingerprint(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36).padStart(11, '0');
}
