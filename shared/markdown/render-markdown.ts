import { getDefaults, Lexer, Parser } from 'marked';
import { MarkdownHtml } from '#shared/domain/markdown-html.ts';
import { BoundedTokenizer } from './bounded-tokenizer.ts';
import { plainText } from './plain-text.ts';
import { SafeRenderer } from './safe-renderer.ts';

/** Two of these fit into an item of the table (400 KB) beside the longest texts there are. */
const MOST_BYTES = 65_000;

export interface RenderedMarkdown {
  readonly html: MarkdownHtml;
  /** The same words in one line, without marks. */
  readonly plain: string;
}

/**
 * Markdown (GFM) as markup: headings from h3 on, emphasis, lists, tables, quotes, code, https and mailto links. HTML in it
 * is text, an image its description. Undefined where the markup grows too large to keep: such a text is shown as typed.
 */
export function renderMarkdown(markdown: string): RenderedMarkdown | undefined {
  const options = { ...getDefaults(), tokenizer: new BoundedTokenizer(), renderer: new SafeRenderer() };
  const tokens = new Lexer(options).lex(markdown);
  const html = new Parser(options).parse(tokens).trim();
  if (Buffer.byteLength(html) > MOST_BYTES) return undefined;
  return { html: MarkdownHtml.parse(html), plain: plainText(tokens) };
}
