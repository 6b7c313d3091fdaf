import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodType } from 'zod';
import { readBody } from './http.ts';
import { AnswerOrder, type SesAnswers } from './ses-answers.ts';
import type { SesBus } from './ses-bus.ts';
import { FaultOrder, type faultPlan } from './ses-faults.ts';
import { IdentityOrder, SandboxOrder, type SesIdentities } from './ses-identities.ts';
import type { SesJournal } from './ses-journal.ts';

interface Front {
  readonly plan: ReturnType<typeof faultPlan>;
  readonly journal: SesJournal;
  readonly bus: SesBus;
  readonly identities: SesIdentities;
  readonly answers: SesAnswers;
}

/**
 * The loopback control under /_front: order faults, say what is verified, whether the account is in the sandbox and what else
 * SES tells of itself, release held events, list and forget the requests seen.
 */
export const control =
  ({ plan, journal, bus, identities, answers }: Front) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://front');
    const reply = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const ordered = async <Order>(schema: ZodType<Order>, carryOut: (order: Order) => void) => {
      const order = schema.safeParse(JSON.parse((await readBody(request)).toString()));
      if (!order.success) return reply(400, { message: order.error.message });
      carryOut(order.data);
      return reply(200, order.data);
    };
    switch (`${request.method} ${pathname}`) {
      case 'POST /_front/faults':
        return ordered(FaultOrder, plan.add);
      case 'DELETE /_front/faults':
        plan.clear();
        return reply(200, {});
      case 'POST /_front/identities':
        return ordered(IdentityOrder, identities.set);
      case 'POST /_front/sandbox':
        return ordered(SandboxOrder, identities.setSandbox);
      case 'DELETE /_front/identities':
        identities.clear();
        return reply(200, {});
      case 'POST /_front/answers':
        return ordered(AnswerOrder, answers.order);
      case 'DELETE /_front/answers':
        answers.clear();
        return reply(200, {});
      case 'POST /_front/release': {
        const held = journal.held.splice(0);
        for (const { mail, events } of held) await bus.publish(mail, events);
        return reply(200, { released: held.length });
      }
      case 'GET /_front/requests': {
        const requests = journal.list(searchParams.get('to'));
        return reply(200, { count: requests.length, requests });
      }
      case 'DELETE /_front/requests':
        journal.clear();
        return reply(200, {});
      default:
        return reply(404, { message: `The front knows no ${request.method} ${pathname}.` });
    }
  };
