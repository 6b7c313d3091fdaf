import type { PageRoute } from '#shared/http/page-route.ts';
import { downloadCalendar, feedCalendar } from './calendars.ts';
import type { GuestDeps } from './deps.ts';
import { sendLostLink, showLostLink } from './lost-link.ts';
import { register } from './register.ts';
import { preflight, registerByJson } from './register-by-json.ts';
import { showCatalogue } from './show-catalogue.ts';
import { showEvent } from './show-event.ts';
import { correctRegistered, showRegistered } from './show-registered.ts';
import { showRegistrationForm } from './show-registration-form.ts';
import { serveAsset, showPrivacy, showRobots, showSitemap } from './site-files.ts';

/** Every public address of the site. */
export const guestRoutes = (deps: GuestDeps): PageRoute[] => [
  showCatalogue(deps),
  showEvent(deps),
  showRegistrationForm(deps),
  register(deps),
  showRegistered(deps),
  correctRegistered(deps),
  showLostLink(deps),
  sendLostLink(deps),
  downloadCalendar(deps),
  feedCalendar(deps),
  showRobots(deps),
  showSitemap(deps),
  showPrivacy(deps),
  serveAsset(),
  registerByJson(deps),
  preflight(),
];
