import { lookAgainIn } from '#shared/domain/gate.ts';
import { signLink } from '#shared/domain/link.ts';
import { leadingOut, lookingAgain, personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import type { HttpResponse } from '#shared/http/reply.ts';
import { gatePage } from '#shared/pages/gate-page.ts';
import { standingOf } from '#shared/pages/standing.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { pressOf } from './show-manage.ts';

type Deps = Pick<PersonalDeps, 'site' | 'registrations' | 'linkKeys' | 'now'>;

/** The way in: when it opens, the button, or what is there afterwards. `?still` keeps the page from looking again. */
export const showGate = (deps: Deps) =>
  pageRoute('GET', '/j/{token}', async ({ path, query }) => {
    const found = await findPerson(deps, 'join', path.token);
    return gateAnswer(deps, path.token ?? '', found, { isStill: query.has('still') });
  });

interface AnswerOptions {
  readonly status?: number;
  /** Why the last press changed nothing. */
  readonly said?: string;
  readonly isStill?: boolean;
}

/** The gate as it stands at this moment, which looks again by itself where that will have changed. */
export function gateAnswer(
  { site, now }: Pick<Deps, 'site' | 'now'>,
  token: string,
  { event, registration, keys }: LinkHolderFound,
  { status = 200, said, isStill = false }: AnswerOptions = {},
): HttpResponse {
  const seconds = Math.floor(now() / 1000);
  const page = gatePage(
    site,
    { event, registration, standing: standingOf(event, undefined, now()), now: now() },
    { press: pressOf(keys, token, now())('join'), survey: signLink(keys, 'survey', registration), said, isStill },
  );
  const again = isStill ? undefined : lookAgainIn(event, registration, seconds);
  const answer = leadingOut(personalPage(page, status));
  return again === undefined ? answer : lookingAgain(answer, again);
}
