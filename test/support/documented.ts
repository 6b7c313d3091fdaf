import { readFileSync } from 'node:fs';

/** A command as a page has it, with the chapter it stands in. */
export interface Documented {
  readonly page: string;
  readonly chapter: string;
  readonly command: string;
}

const BEGINS = /^(?:aws|npx|npm|export|git|umask|openssl|for|done|rm|curl) /;

/** Every command of a page, in code of a line or in a block of its own, one by one where `&&` or a line parts them. */
export function commandsOf(page: string): Documented[] {
  let chapter = '';
  let isBlock = false;
  return readFileSync(page, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (/^#{2,3} /.test(line)) chapter = line.replace(/^#+ /, '');
      if (/^\s*```/.test(line)) {
        isBlock = !isBlock;
        return [];
      }
      const found = isBlock ? [line.trim()] : [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
      const commands = found.flatMap((code) => (BEGINS.test(code) ? code.split(' && ') : []));
      return commands.map((command) => ({ page, chapter, command }));
    });
}
