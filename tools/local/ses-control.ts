import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './http.ts';
import { AnswerOrder, type SesAnswers } from './ses-answers.ts';
import type { SesBus } from './ses-bus.ts';
import { FaultOrder, type faultPlan } from './ses-faults.ts';
import type { SesJournal } from './ses-journal.ts';

/** The loopback control under /_front: order faults and answers, release held events, list and forget the requests seen. */
export const control =
  (plan: ReturnType<typeof faultPlan>, journal: SesJournal, bus: SesBus, answers: SesAnswers) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://front');
    const reply = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (`${request.method} ${pathname}`) {
      case 'POST /_front/faults': {
        const order = FaultOrder.safeParse(JSON.parse((await readBody(request)).toString()));
        if (!order.success) return reply(400, { message: order.error.message });
        plan.add(order.data);
        return reply(200, order.data);
      }
      case 'DELETE /_front/faults':
        plan.clear();
        return reply(200, {});
      case 'POST /_front/answers': {
        const order = AnswerOrder.safeParse(JSON.parse((await readBody(request)).toString()));
        if (!order.success) return reply(400, { message: order.error.message });
        answers.order(order.data);
        return reply(200, order.data);
      }
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
