import type { LinkPurpose } from '#shared/domain/link.ts';
import { personalPage } from '#shared/http/page-reply.ts';
import { type PageRoute, pageRoute } from '#shared/http/page-route.ts';
import type { GateView } from '#shared/pages/gate-page.ts';
import type { PageSite } from '#shared/pages/site.ts';
import { standingOf } from '#shared/pages/standing.ts';
import { surveyPage } from '#shared/pages/survey-page.ts';
import type { PersonalDeps } from './deps.ts';
import { findPerson } from './find-person.ts';

type Deps = Pick<PersonalDeps, 'site' | 'events' | 'registrations' | 'linkKeys' | 'now'>;
type Draw = (site: PageSite, view: GateView) => string;

/** The survey: what will be here, and when. */
export const showSurvey = (deps: Deps) => personal(deps, { path: '/s/{token}', purpose: 'survey', draw: surveyPage });

function personal(deps: Deps, { path, purpose, draw }: { path: string; purpose: LinkPurpose; draw: Draw }): PageRoute {
  return pageRoute('GET', path, async (request) => {
    const { event, registration } = await findPerson(deps, purpose, request.path.token);
    const now = deps.now();
    return personalPage(draw(deps.site, { event, registration, standing: standingOf(event, undefined, now), now }));
  });
}
