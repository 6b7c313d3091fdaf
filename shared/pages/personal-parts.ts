import { type Html, html } from './html.ts';

/** The way back to one's registration. */
export const backTo = (token: string): Html => html`<p class="back"><a href="/r/${token}">Your registration</a></p>`;

/** Why the last press changed nothing. */
export const said = (why: string | undefined): Html | undefined =>
  why === undefined
    ? undefined
    : html`<div class="notice" role="alert" tabindex="-1" autofocus data-focus><p>${why}</p></div>`;
