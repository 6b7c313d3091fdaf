import { raw } from 'hono/html';
import { FONT, PROSE } from './mail-style.ts';
import type { Markup } from './markup.ts';

/**
 * An organiser's words as they are drawn. Our renderer made the markup and every value in it is escaped, so each tag is
 * one of ours; their looks are added here, not when they are saved, so that mails stay of one piece.
 */
export const prose = (html: Markup): Markup =>
  raw(
    String(html).replace(/<([a-z][a-z0-9]*)([^>]*)>/g, (_, name: string, given: string) => {
      const looks = looksOf(name, given.includes(' align='));
      return `<${name}${given}${looks}>`;
    }),
  ) as Markup;

function looksOf(name: string, isAligned: boolean): string {
  if (name === 'a') return ` class="accent" style="${PROSE['a']}"`;
  if (name === 'table')
    return ` class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="${PROSE['table']}"`;
  const style = PROSE[name];
  if (style === undefined) return '';
  if (name !== 'td' && name !== 'th') return `${name === 'blockquote' ? ' class="rim"' : ''} style="${style}"`;
  return ` class="rim" style="${style}${isAligned ? '' : 'text-align:left;'}${FONT}"`;
}
