import { Tokenizer, type Tokens } from 'marked';

/** Deeper than anybody reads, and far from the end of the stack. */
const DEEPEST = 12;
/** Each row of a table is filled up to as many cells as its head has: without a limit a page of text makes millions. */
const MOST_COLUMNS = 12;

/** Markdown without HTML, and without what a few characters could blow up: past a bound, marks are text. */
export class BoundedTokenizer extends Tokenizer {
  #depth = 0;

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
    return this.#within(() => super.emStrong(...given));
  }
  override del(...given: Parameters<Tokenizer['del']>) {
    return this.#within(() => super.del(...given));
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
