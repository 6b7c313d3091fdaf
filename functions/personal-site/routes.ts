import type { PageRoute } from '#shared/http/page-route.ts';
import { answerSurvey } from './answer-survey.ts';
import { changeAddress, showAddress } from './change-address.ts';
import { changeManage } from './change-manage.ts';
import { confirmNewAddress, showNewAddress } from './confirm-new-address.ts';
import { correctDetails, showDetails } from './correct-details.ts';
import type { PersonalDeps } from './deps.ts';
import { eraseMe, showErase } from './erase-me.ts';
import { exportData } from './export-data.ts';
import { objectToMove, showObjection } from './object-to-move.ts';
import { pressJoin } from './press-join.ts';
import { proveOrganiser, showOrganiser } from './prove-organiser.ts';
import { showGate } from './show-gate.ts';
import { showManage } from './show-manage.ts';
import { showSurvey } from './show-survey.ts';
import { showStop, stopMail } from './stop-mail.ts';

/** Every address behind a personal link. */
export const personalRoutes = (deps: PersonalDeps): PageRoute[] => [
  showManage(deps),
  changeManage(deps),
  showDetails(deps),
  correctDetails(deps),
  showAddress(deps),
  changeAddress(deps),
  showErase(deps),
  eraseMe(deps),
  exportData(deps),
  showNewAddress(deps),
  confirmNewAddress(deps),
  showOrganiser(deps),
  proveOrganiser(deps),
  showObjection(deps),
  objectToMove(deps),
  showStop(deps),
  stopMail(deps),
  showGate(deps),
  pressJoin(deps),
  showSurvey(deps),
  answerSurvey(deps),
];
