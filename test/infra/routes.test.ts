import { expect, test } from 'vitest';
import type { GuestDeps } from '#functions/guest-site/deps.ts';
import { guestRoutes } from '#functions/guest-site/routes.ts';
import { routes } from '#infra/routes.ts';

test('the HTTP API knows every route of the site by its key, and no other', () => {
  // Routes take what they need when they are called.
  const answered = guestRoutes({} as GuestDeps).map(({ method, path }) => `${method} ${path}`);
  expect([...answered, '$default'].sort()).toEqual([...routes['guest-site']].sort());
});
