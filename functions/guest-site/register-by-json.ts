import * as z from 'zod';
import { registrationForm } from '#shared/domain/registration-details.ts';
import { preflightReply } from '#shared/http/cors.ts';
import { faultsOf } from '#shared/http/fault.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import { accepted } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { noticeOf } from '#shared/pages/privacy-notice.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/api/v1/events/{slug}/register';
const INPUT = { path: z.object({ slug: z.string() }), body: z.unknown() };

/** The form as JSON, for embedding: the same fields, the same rules, the same answer for everybody. */
export const registerByJson = ({ programme, takeRegistration }: Pick<GuestDeps, 'programme' | 'takeRegistration'>) => {
  const json = route('POST', PATH, INPUT, async ({ path, body, event: request }) => {
    const { event, text } = await programme.eventNow(path.slug);
    const parsed = registrationForm(event.questions).safeParse(body);
    if (!parsed.success) throw new InvalidInput(faultsOf(parsed.error, 'body', body));
    const ip = request.requestContext.http.sourceIp;
    await takeRegistration({ event, form: parsed.data, ip, privacyVersion: noticeOf(text).version });
    return accepted({ status: 'received' });
  });
  return pageRoute('POST', PATH, ({ path, event }) => json.handler({ ...event, pathParameters: { ...path } }));
};

/** Whether a page of another origin may register people: the browser asks first. */
export const preflight = () => pageRoute('OPTIONS', PATH, async () => preflightReply());
