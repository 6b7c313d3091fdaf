import { freshPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { registeredPage } from '#shared/pages/registered-page.ts';
import type { GuestDeps } from './deps.ts';

/** What happens next: the same page for everybody who sent the form, whatever became of it. */
export const showRegistered = ({ site, programme }: Pick<GuestDeps, 'site' | 'programme'>) =>
  pageRoute('GET', '/events/{slug}/registered', async ({ path }) => {
    const { event } = await programme.event(path.slug ?? '');
    return freshPage(registeredPage(site, event));
  });
