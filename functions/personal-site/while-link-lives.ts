import type { Registration } from '#shared/domain/registration.ts';
import { nobody } from '#shared/site/find-person.ts';

/**
 * A change that a link lets its holder make, for as long as it is theirs in the very write: a registration that has moved
 * since the link was looked at is changed, confirmed or proved by whoever reads the new address alone. Throws `not-found` then.
 */
export const whileLinkLives =
  <Next>({ linkSeed }: Pick<Registration, 'linkSeed'>, transition: (row: Registration) => Next) =>
  (current: Registration): Next => {
    if (current.linkSeed !== linkSeed) throw nobody();
    return transition(current);
  };
