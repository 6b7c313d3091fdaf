import { type Token, walkTokens } from 'marked';

const APART = ['paragraph', 'heading', 'list_item', 'blockquote', 'code', 'br'];

/** The words of parsed Markdown without its marks, in one line. */
export function plainText(tokens: Token[]): string {
  const words: string[] = [];
  void walkTokens(tokens, (token) => {
    if (APART.includes(token.type)) words.push(' ');
    const isLeaf = !('tokens' in token && token.tokens) && ['text', 'escape', 'codespan', 'code'].includes(token.type);
    if (isLeaf && 'text' in token) words.push(token.text);
  });
  return words.join('').replace(/\s+/g, ' ').trim();
}
