import { raw, html as template } from 'hono/html';
import type { MarkdownHtml } from '#shared/domain/markdown-html.ts';

/** Markup that is safe to send: everything in it was written by us or escaped on its way in. */
export interface Html {
  readonly isEscaped: true;
  toString(): string;
}

/** What a template takes. Text is escaped; `false` and `undefined` leave nothing behind. */
export type Part = string | number | false | undefined | Html | readonly Part[];

/** A piece of a page. Every value that is not itself Html is escaped, inside attributes too: always quote those. */
export const html = template as unknown as (strings: TemplateStringsArray, ...parts: readonly Part[]) => Html;

/** Markup written by us, as it stands. Never for anything a person typed. */
export const asWritten = raw as unknown as (markup: string) => Html;

/** What our own renderer made of an organiser's Markdown: the one text from the table that is printed unescaped. */
export const trustedHtml = (rendered: MarkdownHtml): Html => asWritten(rendered);
