import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Markup = HtmlEscapedString;
type Piece = string | number | false | undefined | Markup | readonly Markup[];

/** hono's `html`, every value escaped. Without promises among them it never answers with one. */
export const markup = html as (strings: TemplateStringsArray, ...pieces: Piece[]) => Markup;
