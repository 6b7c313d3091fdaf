import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Endpoint } from './endpoint.ts';
import { forward, listen, readBody } from './http.ts';
import { sesAnswers } from './ses-answers.ts';
import { sesBus } from './ses-bus.ts';
import { control } from './ses-control.ts';
import { eventsFor, Mail } from './ses-events.ts';
import { faultPlan, REFUSALS } from './ses-faults.ts';
import { sesIdentities } from './ses-identities.ts';
import { sesJournal } from './ses-journal.ts';
import { refusalOf } from './ses-rules.ts';

export interface SesFront {
  readonly url: string;
  stop(): Promise<void>;
}

const SEND = '/v2/email/outbound-emails';

/**
 * SES as the Lambda functions see it. The emulator decides whether the caller may send, the mailbox keeps the mail, and
 * the events SES would publish go onto the default bus with our tags. Under /_front a test may order faults.
 */
export const startSesFront = async (port: number, mailboxUrl: string, endpoint: Endpoint): Promise<SesFront> => {
  const plan = faultPlan();
  const journal = sesJournal();
  const bus = sesBus(endpoint);
  const identities = sesIdentities(endpoint);
  const answers = sesAnswers(identities.state);

  const send = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request);
    const parsed = Mail.safeParse(JSON.parse(body.toString()));
    if (!parsed.success) return refuse(response, 400, 'SerializationException', parsed.error.message);
    const mail = parsed.data;
    const fault = plan.take(mail.Destination.ToAddresses);
    const entry = journal.add(mail, fault);
    if (fault === 'hang') return;
    const refusal = fault && REFUSALS[fault];
    if (refusal) return refuse(response, ...refusal);
    const no = refusalOf(mail, body.length) ?? (await identities.refusalOf(mail));
    if (no) {
      entry.outcome = 'refused';
      return refuse(response, ...no);
    }
    const permission = await forward(endpoint.url, request, body);
    if (permission.status !== 200) {
      entry.outcome = 'refused';
      return relay(response, permission);
    }
    const reply = await forward(mailboxUrl, request, body);
    if (reply.status !== 200) {
      entry.outcome = 'refused';
      return relay(response, reply);
    }
    entry.outcome = 'accepted';
    entry.messageId = JSON.parse(reply.body.toString()).MessageId;
    if (fault === 'lose-reply') request.socket.destroy();
    else if (fault !== 'hold-reply') relay(response, reply);
    if (fault === 'drop-events') return;
    const events = eventsFor(mail, entry.messageId ?? '', new Date());
    if (fault === 'hold-events' || fault === 'hold-reply') journal.held.push({ mail, events });
    else await bus.publish(mail, events);
  };

  const answer = control({ plan, journal, bus, identities, answers });
  const server = createServer((request, response) => {
    const work = request.url?.startsWith('/_front/')
      ? answer(request, response)
      : request.method === 'POST' && request.url === SEND
        ? send(request, response)
        : readBody(request).then(async (body) =>
            relay(response, answers.amend(request.url, await forward(endpoint.url, request, body))),
          );
    work.catch((error: Error) => {
      process.stderr.write(`SES front: ${error.message}\n`);
      if (!response.headersSent) refuse(response, 500, 'InternalServiceErrorException', error.message);
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const relay = (response: ServerResponse, { status, headers, body }: Awaited<ReturnType<typeof forward>>): void => {
  response.writeHead(status, headers).end(body);
};

const refuse = (response: ServerResponse, status: number, type: string, message: string): void => {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type })
    .end(JSON.stringify({ message }));
};
