import { Refusal } from '#shared/domain/errors.ts';
import { atBody, type Fault } from '#shared/http/fault.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import type { Route } from '#shared/http/route.ts';
import { personalLinkIn } from '#shared/markdown/personal-link.ts';
import { instead } from '#shared/markdown/refuse-personal-links.ts';

/**
 * The route, refusing somebody's own link in whatever text its body holds, by whatever name: whoever read it could act in
 * that person's name. It goes through what was parsed, so a field of tomorrow is looked at, too.
 */
export const withNobodysLink = (route: Route): Route => ({
  ...route,
  handler: (event, around = (input, act) => act(input)) =>
    route.handler(event, (input, act) => {
      ensureNobodysLink(input.body);
      return around(input, act);
    }),
});

/** Throws where a text in it holds somebody's own link, and says where: InvalidInput, or `invalid-template` of a template. */
export function ensureNobodysLink(body: unknown): void {
  const faults = faultsIn(body, []);
  if (faults.length > 0) throw new InvalidInput(faults);
}

function faultsIn(value: unknown, at: readonly string[]): Fault[] {
  if (typeof value === 'string') {
    const page = personalLinkIn(value);
    if (page !== undefined && at[0] === 'template') throw new Refusal('invalid-template', instead(page), at.join('/'));
    return page === undefined ? [] : [atBody(at, LEAVE_OUT)];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...(personalLinkIn(name) === undefined ? [] : [atBody([...at, name], LEAVE_OUT)]),
    ...faultsIn(each, [...at, name]),
  ]);
}

const LEAVE_OUT =
  'This holds somebody’s own link, and whoever opened it could act in their name: leave it out, everybody’s own is in their mail';
