import { closedBecause } from '#shared/domain/event.ts';
import { registrationForm } from '#shared/domain/registration-details.ts';
import { readForm } from '#shared/http/form.ts';
import { freshPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { noticeOf } from '#shared/pages/privacy-notice.ts';
import { registeredPage } from '#shared/pages/registered-page.ts';
import { HONEYPOT, registrationPage } from '#shared/pages/registration-form.ts';
import { standingOf } from '#shared/pages/standing.ts';
import { type FieldFault, readPersonForm } from '#shared/site/read-form.ts';
import type { GuestDeps } from './deps.ts';
import type { Held } from './take-form.ts';

type Deps = Pick<GuestDeps, 'site' | 'programme' | 'takeForm' | 'pretendToTake' | 'now'>;

/** Takes the posted form: stored, and answered by the same page for everybody; or the form again with what is wrong. */
export const register = ({ site, programme, takeForm, pretendToTake, now }: Deps) =>
  pageRoute('POST', '/events/{slug}/register', async ({ path, event: request }) => {
    const form = readForm(request);
    const { event, text, seats } = await programme.eventNow(path.slug ?? '');
    const notice = noticeOf(text);
    const again = (status: number, faults: readonly FieldFault[]) => {
      const view = { event, standing: standingOf(event, seats, now()), notice, faults, search: '' };
      return freshPage(registrationPage(site, { ...view, typed: (field) => form.get(field) ?? [] }), status);
    };
    if (closedBecause(event, now())) return again(409, []);

    const schema = registrationForm(event.questions);
    // Not by way of another address: what corrects this registration must stand in none.
    const done = ({ ticket }: Held) => freshPage(registeredPage(site, { event, ticket }));
    if (form.get(HONEYPOT)?.some(Boolean)) return done(pretendToTake());
    const read = readPersonForm(form, { schema, questions: event.questions, required: ['name', 'email'], apart: OURS });
    if ('faults' in read) return again(400, read.faults);
    const seen = form.get('privacyVersion')?.[0] ?? notice.version;
    if (seen !== notice.version) return again(409, [{ field: 'privacyVersion', message: NOTICE_CHANGED }]);
    const ip = request.requestContext.http.sourceIp;
    return done(await takeForm({ event, form: read.input, ip, privacyVersion: notice.version }));
  });

/** Fields that are not about the person. */
const OURS = [HONEYPOT, 'privacyVersion'];

const NOTICE_CHANGED =
  'The privacy notice has changed since you opened this page: please read it, then send the form again';
