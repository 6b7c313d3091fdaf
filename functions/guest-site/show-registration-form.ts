import { freshPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { noticeOf } from '#shared/pages/privacy-notice.ts';
import { registrationPage } from '#shared/pages/registration-form.ts';
import { standingOf } from '#shared/pages/standing.ts';
import type { GuestDeps } from './deps.ts';
import { searchIn } from './show-event.ts';

/** The form to register, empty; or why registration is closed. */
export const showRegistrationForm = ({ site, programme, now }: Pick<GuestDeps, 'site' | 'programme' | 'now'>) =>
  pageRoute('GET', '/events/{slug}/register', async ({ path, query }) => {
    const { event, text, seats } = await programme.event(path.slug ?? '');
    const standing = standingOf(event, seats, now());
    const view = { event, standing, notice: noticeOf(text), typed: () => [], faults: [], search: searchIn(query) };
    return freshPage(registrationPage(site, view));
  });
