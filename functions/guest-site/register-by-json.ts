import * as z from 'zod';
import { registrationForm } from '#shared/domain/registration-details.ts';
import { preflightReply } from '#shared/http/cors.ts';
import { faultsOf } from '#shared/http/fault.ts';
import { knownFields } from '#shared/http/known-fields.ts';
import { asPageRoute, pageRoute } from '#shared/http/page-route.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import { accepted } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { noticeOf } from '#shared/pages/privacy-notice.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/api/v1/events/{slug}/register';

/** Which fields there are is known when the event is read. */
const spec = { path: z.object({ slug: z.string() }), body: z.unknown() } as const;

/** The form as JSON, for embedding: the same fields, the same rules, the same answer for everybody. */
export const registerByJson = ({ programme, takeRegistration }: Pick<GuestDeps, 'programme' | 'takeRegistration'>) =>
  asPageRoute(
    route('POST', PATH, spec, async ({ path, body, event: request }) => {
      const { event, text } = await programme.eventNow(path.slug);
      const form = registrationForm(event.questions);
      const parsed = form.safeParse(body);
      if (!parsed.success) {
        const known = (at: readonly PropertyKey[]) => knownFields(form, at);
        throw new InvalidInput(faultsOf(parsed.error, { place: 'body', given: body, known }));
      }
      const ip = request.requestContext.http.sourceIp;
      await takeRegistration({ event, form: parsed.data, ip, privacyVersion: noticeOf(text).version });
      return accepted({ status: 'received' });
    }),
  );

/** Whether a page of another origin may register people: the browser asks first, and acts on nothing that is sent along. */
export const preflight = () => pageRoute('OPTIONS', PATH, async () => preflightReply());
