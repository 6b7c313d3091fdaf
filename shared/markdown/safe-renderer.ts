import { html } from 'hono/html';
import { Renderer, type Tokens } from 'marked';
import { allowedAddress } from './allowed-address.ts';

/** The headings of the page itself come above: "#" is the third. */
const TOP_HEADING = 3;

const escaped = (text: string): string => String(html`${text}`);

/** Writes Markdown as markup that is safe on our pages: text is escaped, links lead to https or a mailbox, nothing is loaded. */
export class SafeRenderer extends Renderer {
  #inLink = false;

  override text(token: Tokens.Text | Tokens.Escape | Tokens.HTML | Tokens.Tag): string {
    return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escaped(token.text);
  }

  override html(token: Tokens.HTML | Tokens.Tag): string {
    return escaped(token.text);
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const name = `h${Math.min(6, depth + TOP_HEADING - 1)}`;
    return `<${name}>${this.parser.parseInline(tokens)}</${name}>\n`;
  }

  override code({ text }: Tokens.Code): string {
    return `<pre><code>${escaped(text)}</code></pre>\n`;
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    return checked ? '☑ ' : '☐ ';
  }

  override image({ text, tokens }: Tokens.Image): string {
    return escaped(tokens ? this.parser.parseInline(tokens, this.parser.textRenderer) : text);
  }

  override link({ href, tokens }: Tokens.Link): string {
    const address = this.#inLink ? undefined : this.addressOf(href);
    if (address === undefined) return this.parser.parseInline(tokens);
    this.#inLink = true;
    const label = this.parser.parseInline(tokens);
    this.#inLink = false;
    return `<a href="${escaped(address)}" rel="nofollow noopener noreferrer">${label.trim() === '' ? escaped(address) : label}</a>`;
  }

  /** Where a link may lead; undefined where it is but its text. */
  protected addressOf(href: string): string | undefined {
    return allowedAddress(href);
  }
}
