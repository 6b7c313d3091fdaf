import type { PageRoute } from '#shared/http/page-route.ts';
import { answerSurvey } from './answer-survey.ts';
import { changeManage } from './change-manage.ts';
import type { PersonalDeps } from './deps.ts';
import { showGate } from './gates.ts';
import { showManage } from './show-manage.ts';
import { showSurvey } from './show-survey.ts';
import { showStop, stopMail } from './stop-mail.ts';

/** Every address behind a personal link. */
export const personalRoutes = (deps: PersonalDeps): PageRoute[] => [
  showManage(deps),
  changeManage(deps),
  showStop(deps),
  stopMail(deps),
  showGate(deps),
  showSurvey(deps),
  answerSurvey(deps),
];
