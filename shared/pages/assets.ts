import { createHash } from 'node:crypto';
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

/** Tells one version from the next; it protects nothing. */
const fingerprint = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 12);

function asset(content: string, extension: 'css' | 'js', type: string): Asset {
  return { file: `site.${fingerprint(content)}.${extension}`, type: `${type}; charset=utf-8`, content };
}

export const stylesheet: Asset = asset(lean(STYLESHEET), 'css', 'text/css');
export const script: Asset = asset(lean(SCRIPT), 'js', 'text/javascript');

/** The asset of that name, as it is now: an older page asks for an older name and is told there is none. */
export const assetNamed = (file: string): Asset | undefined => [stylesheet, script].find((each) => each.file === file);
