import type { PageRoute } from '#shared/http/page-route.ts';
import { downloadCalendar, feedCalendar } from './calendars.ts';
import { changeManage } from './change-manage.ts';
import type { GuestDeps } from './deps.ts';
import { showGate, showSurvey } from './gates.ts';
import { register } from './register.ts';
import { preflight, registerByJson } from './register-by-json.ts';
import { showCatalogue } from './show-catalogue.ts';
import { showEvent } from './show-event.ts';
import { showManage } from './show-manage.ts';
import { showRegistered } from './show-registered.ts';
import { showRegistrationForm } from './show-registration-form.ts';
import { serveAsset, showPrivacy, showRobots, showSitemap } from './site-files.ts';
import { showStop, stopMail } from './stop-mail.ts';

/** Every address of the site. */
export const guestRoutes = (deps: GuestDeps): PageRoute[] => [
  showCatalogue(deps),
  showEvent(deps),
  showRegistrationForm(deps),
  register(deps),
  showRegistered(deps),
  downloadCalendar(deps),
  feedCalendar(deps),
  showManage(deps),
  changeManage(deps),
  showStop(deps),
  stopMail(deps),
  showGate(deps),
  showSurvey(deps),
  showRobots(deps),
  showSitemap(deps),
  showPrivacy(deps),
  serveAsset(),
  registerByJson(deps),
  preflight(),
];
