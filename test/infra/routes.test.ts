import { expect, test } from 'vitest';
import type { CertificateDeps } from '#functions/certificate/deps.ts';
import { certificateRoutes } from '#functions/certificate/routes.ts';
import type { GuestDeps } from '#functions/guest-site/deps.ts';
import { guestRoutes } from '#functions/guest-site/routes.ts';
import type { PersonalDeps } from '#functions/personal-site/deps.ts';
import { personalRoutes } from '#functions/personal-site/routes.ts';
import { routes, withHead } from '#infra/routes.ts';
import type { PageRoute } from '#shared/http/page-route.ts';

const keysOf = (answered: readonly PageRoute[]) => answered.map(({ method, path }) => `${method} ${path}`).sort();

test('HEAD has a key wherever GET has one, and nothing else has', () => {
  for (const keys of Object.values(routes)) {
    const paths = (method: string) =>
      withHead(keys).flatMap((key) => (key.startsWith(`${method} `) ? [key.slice(method.length + 1)] : []));
    expect(paths('HEAD')).toEqual(paths('GET'));
    expect(withHead(keys).filter((key) => !key.startsWith('HEAD '))).toEqual([...keys]);
  }
});

// Routes take what they need when they are called.
test('the HTTP API knows every route of the pages by its key, and no other', () => {
  expect([...keysOf(guestRoutes({} as GuestDeps)), '$default'].sort()).toEqual([...routes['guest-site']].sort());
  expect(keysOf(certificateRoutes({} as CertificateDeps))).toEqual([...routes.certificate].sort());
  expect(keysOf(personalRoutes({} as PersonalDeps))).toEqual([...routes['personal-site']].sort());
});
