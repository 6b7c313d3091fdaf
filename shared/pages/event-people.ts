import type { Speaker } from '#shared/domain/event.ts';
import { type Html, html } from './html.ts';

/** Who speaks, with role and organisation; nothing where nobody is named. */
export function speakers(all: readonly Speaker[]): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="speakers"><h2 id="speakers">${all.length === 1 ? 'Key speaker' : 'Key speakers'}</h2>
<ul class="speakers">${all.map(
    ({ name, role, organisation }) => html`<li><span class="initials" aria-hidden="true">${initialsOf(name)}</span>
<div><b>${name}</b>${role && html`<span>${role}</span>`}${organisation && html`<span>${organisation}</span>`}</div></li>`,
  )}</ul></section>`;
}

const HONORIFICS =
  /^(prof(essor)?|dr|mr|mrs|ms|mx|miss|sir|dame|lord|lady|rt|hon|rev|the|chief|det|superintendent|inspector|constable|pc|sgt)\.?$/i;

/** "JC" of "Professor John Coxhead". */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word));
  const names = words.filter((word) => !HONORIFICS.test(word));
  const [first, ...rest] = names.length > 0 ? names : words;
  return [first, rest.at(-1)].map((word) => /\p{L}/u.exec(word ?? '')?.[0].toUpperCase() ?? '').join('');
}
