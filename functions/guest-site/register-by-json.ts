import { registrationForm } from '#shared/domain/registration-details.ts';
import { preflightReply } from '#shared/http/cors.ts';
import { faultsOf } from '#shared/http/fault.ts';
import { readJsonBody } from '#shared/http/json-body.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import { accepted } from '#shared/http/reply.ts';
import { noticeOf } from '#shared/pages/privacy-notice.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/api/v1/events/{slug}/register';

/** The form as JSON, for embedding: the same fields, the same rules, the same answer for everybody. */
export const registerByJson = ({ programme, takeRegistration }: Pick<GuestDeps, 'programme' | 'takeRegistration'>) =>
  pageRoute('POST', PATH, async ({ path, event: request }) => {
    const body = readJsonBody(request);
    const { event, text } = await programme.eventNow(path.slug ?? '');
    const parsed = registrationForm(event.questions).safeParse(body);
    if (!parsed.success) throw new InvalidInput(faultsOf(parsed.error, 'body', body));
    const ip = request.requestContext.http.sourceIp;
    await takeRegistration({ event, form: parsed.data, ip, privacyVersion: noticeOf(text).version });
    return accepted({ status: 'received' });
  });

/** Whether a page of another origin may register people: the browser asks first. */
export const preflight = () => pageRoute('OPTIONS', PATH, async () => preflightReply());
