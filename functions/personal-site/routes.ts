import type { PageRoute } from '#shared/http/page-route.ts';
import { changeManage } from './change-manage.ts';
import type { PersonalDeps } from './deps.ts';
import { showSurvey } from './gates.ts';
import { pressJoin } from './press-join.ts';
import { showGate } from './show-gate.ts';
import { showManage } from './show-manage.ts';
import { showStop, stopMail } from './stop-mail.ts';

/** Every address behind a personal link. */
export const personalRoutes = (deps: PersonalDeps): PageRoute[] => [
  showManage(deps),
  changeManage(deps),
  showStop(deps),
  stopMail(deps),
  showGate(deps),
  pressJoin(deps),
  showSurvey(deps),
];
