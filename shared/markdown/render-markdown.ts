import { MarkdownHtml } from '#shared/domain/markdown-html.ts';
import { BoundedTokenizer } from './bounded-tokenizer.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { plainText } from './plain-text.ts';
import { SafeRenderer } from './safe-renderer.ts';

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
  const parsed = parseMarkdown(markdown, { tokenizer: new BoundedTokenizer(), renderer: new SafeRenderer() });
  return parsed && { html: MarkdownHtml.parse(parsed.html), plain: plainText(parsed.tokens) };
}
