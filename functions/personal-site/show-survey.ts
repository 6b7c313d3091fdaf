import { attendanceFinalAt, attendanceOf } from '#shared/domain/attendance.ts';
import { signLink } from '#shared/domain/link.ts';
import { surveyPhaseOf } from '#shared/domain/survey-phase.ts';
import { instantAt } from '#shared/domain/time.ts';
import { personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import type { Certificate } from '#shared/pages/survey-after.ts';
import type { SurveyPosted } from '#shared/pages/survey-form.ts';
import { surveyPage } from '#shared/pages/survey-page.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { pressOf } from './show-manage.ts';

type Deps = Pick<PersonalDeps, 'site' | 'events' | 'registrations' | 'surveyAnswers' | 'linkKeys' | 'now'>;

/** The survey: to answer, to change the answer, or why it is not the time. */
export const showSurvey = (deps: Deps) =>
  pageRoute('GET', '/s/{token}', async ({ path }) => {
    const found = await findPerson(deps, 'survey', path.token);
    return personalPage(await surveyView(deps, path.token ?? '', found));
  });

/** The page of a survey; `posted` is the form that was not taken, and why. */
export async function surveyView(
  deps: Deps,
  token: string,
  found: LinkHolderFound,
  posted?: SurveyPosted,
): Promise<string> {
  const { event, registration, keys } = found;
  const isNamed = registration.answeredSurvey && !event.survey.anonymous;
  const mine = isNamed ? await deps.surveyAnswers.of(event.eventId, registration.registrationId) : undefined;
  return surveyPage(deps.site, {
    event,
    registration,
    phase: surveyPhaseOf(event, deps.now()),
    mine: mine?.answers,
    certificate: certificateOf(found, Math.floor(deps.now() / 1000)),
    press: pressOf(keys, token, deps.now()),
    posted,
  });
}

/** Where the certificate of somebody who came is, or when it will be known who did. */
function certificateOf({ event, registration, keys }: LinkHolderFound, now: number): Certificate | undefined {
  const finalAt = attendanceFinalAt(event);
  if (now < finalAt) return { finalAt: instantAt(finalAt) };
  if (attendanceOf(event, registration, now) !== 'attended') return undefined;
  return { url: `/c/${signLink(keys, 'certificate', registration)}` };
}
