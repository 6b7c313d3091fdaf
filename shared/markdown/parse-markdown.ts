import { getDefaults, Lexer, Parser, type Renderer, type Token, type Tokenizer } from 'marked';

/** Two of these fit into an item of the table (400 KB) beside the longest texts there are. */
export const MOST_BYTES = 65_000;

export interface ParsedMarkdown {
  readonly html: string;
  readonly tokens: Token[];
}

/** What both are made of, as markup and as tokens; undefined where the markup grows too large to keep. */
export function parseMarkdown(
  markdown: string,
  parts: { readonly tokenizer: Tokenizer; readonly renderer: Renderer },
): ParsedMarkdown | undefined {
  const options = { ...getDefaults(), ...parts };
  const tokens = new Lexer(options).lex(markdown);
  const html = new Parser(options).parse(tokens).trim();
  return Buffer.byteLength(html) > MOST_BYTES ? undefined : { html, tokens };
}
