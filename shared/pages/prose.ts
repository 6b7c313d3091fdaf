import type { MarkdownHtml } from '#shared/domain/markdown-html.ts';
import { type Html, html, trustedHtml } from './html.ts';

/** A long text of an organiser: as it was rendered when it was saved, or, if it was not, as typed, in plain paragraphs. */
export const prose = (rendered: MarkdownHtml | undefined, text: string): Html =>
  rendered === undefined ? html`${text.split(/\n{2,}/).map((each) => html`<p>${each}</p>`)}` : trustedHtml(rendered);
