import { Tokenizer, type Tokens } from 'marked';

/** Deeper than anybody reads, and far from the end of the stack. */
const DEEPEST = 12;
/** Each row of a table is filled up to as many cells as its head has: without a limit a page of text makes millions. */
const MOST_COLUMNS = 12;
/**
 * A mark that nothing ends is looked for to the end of its paragraph, so many of them cost the square of its length. So many
 * characters may be looked through in vain: two hundred of them in a paragraph of 10,000, which nobody writes.
 */
const MOST_IN_VAIN = 1_000_000;
/** Words are looked at so many characters at a time: whether each piece is followed by an address is looked up to its end. */
const WORDS_AT_ONCE = 500;
/** What stands before the @ of an address is 64 characters at most (RFC 5321 §4.5.3.1.1): longer words begin none. */
const NO_ADDRESS = /^(?:mailto:|xmpp:)?(?!(?:https?|ftp):\/\/|www\.)[\w.+-]{65}/i;

/** Markdown without HTML, and without what a few characters could blow up: past a bound, marks are text. */
export class BoundedTokenizer extends Tokenizer {
  #depth = 0;
  #inVain = 0;

  /** What looks like HTML is text. */
  override html(): undefined {}
  override tag(): undefined {}

  override table(src: string): Tokens.Table | undefined {
    const head = src.slice(0, src.indexOf('\n'));
    return head.split('|').length > MOST_COLUMNS + 2 ? undefined : super.table(src);
  }

  override blockquote(src: string) {
    return this.#within(() => super.blockquote(src));
  }
  override list(src: string) {
    return this.#within(() => super.list(src));
  }
  override emStrong(...given: Parameters<Tokenizer['emStrong']>) {
    const [src] = given;
    const isMark = src.startsWith('*') || src.startsWith('_');
    if (!isMark || this.#inVain > MOST_IN_VAIN) return undefined;
    const found = this.#within(() => super.emStrong(...given));
    if (!found) this.#inVain += src.length;
    return found;
  }
  override del(...given: Parameters<Tokenizer['del']>) {
    return this.#within(() => super.del(...given));
  }
  override url(src: string) {
    return NO_ADDRESS.test(src) ? undefined : super.url(src);
  }
  override inlineText(src: string) {
    return super.inlineText(src.length > WORDS_AT_ONCE ? src.slice(0, endOfWord(src)) : src);
  }
  override link(src: string) {
    return this.#within(() => super.link(src));
  }
  override reflink(...given: Parameters<Tokenizer['reflink']>) {
    return this.#within(() => super.reflink(...given));
  }

  #within<Token>(tokenize: () => Token): Token | undefined {
    if (this.#depth === DEEPEST) return undefined;
    this.#depth += 1;
    try {
      return tokenize();
    } finally {
      this.#depth -= 1;
    }
  }
}

/** Where the last word begins that does not fit, so that none is torn, nor the spaces that end a line. */
function endOfWord(text: string): number {
  for (let at = WORDS_AT_ONCE; at > 0; at--) if (/^\s\S/.test(text.slice(at - 1, at + 1))) return at;
  return WORDS_AT_ONCE;
}
