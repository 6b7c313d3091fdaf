import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import type { Event } from '#shared/domain/event.ts';
import { newId } from '#shared/domain/ids.ts';
import { registrationForm } from '#shared/domain/registration-details.ts';
import { instantAt } from '#shared/domain/time.ts';
import { seedEvents } from '#tools/seed/events.ts';
import { type GuestSite, guestSite } from './guest-site.ts';

/** The site on a port of this machine, over a table in memory that the seed has been sown into. */
export interface LocalSite extends GuestSite {
  readonly url: string;
  readonly events: ReadonlyMap<string, Event>;
  stop(): Promise<void>;
}

const ORGANISER = { name: 'Example Events', email: 'events@example.org' };

/** Serves the pages without any AWS, for a quick look and for tests of pages alone. */
export async function startSite(port = 0): Promise<LocalSite> {
  let respond: (request: IncomingMessage, body: Buffer) => Promise<Answered> = async () => ({
    status: 503,
    headers: {},
    body: '',
  });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { status, headers, body } = await respond(request, Buffer.concat(chunks));
      response.writeHead(status, { ...headers }).end(body);
    });
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const address = server.address();
  const url = `http://localhost:${typeof address === 'object' && address ? address.port : port}`;
  const site = guestSite({ url, now: Date.now });
  const events = await sow(site);
  respond = async (incoming, body) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', url);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const isText = /json|^text/.test(headers['content-type'] ?? '');
    const answer = await site.request({
      method: incoming.method ?? 'GET',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      ...(body.length > 0 && { body: body.toString(), base64: !isText }),
    });
    return { ...answer, body: Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8') };
  };
  return { ...site, url, events, stop: () => new Promise((done) => server.close(() => done())) };
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

async function sow(site: GuestSite): Promise<Map<string, Event>> {
  const now = instantAt(Math.floor(Date.now() / 1000));
  const sown = new Map<string, Event>();
  for (const { event: input, state, registrations = 0 } of seedEvents(now.slice(0, 10))) {
    const wish = NewEvent.parse({ organiser: ORGANISER, ...input });
    const { event: draft, text } = draftEvent(wish, { eventId: newId(randomBytes), slug: input.slug, now });
    const published = state === 'draft' ? draft : publishEvent(draft, now);
    const event = await site.publish(state === 'cancelled' ? { ...published, state } : published, text);
    for (let n = 1; n <= registrations; n++) {
      const form = registrationForm(event.questions).safeParse({
        name: `Example Person ${n}`.replace(/\d/, 'A'),
        email: `person${n}@example.org`,
      });
      if (form.success) await site.take({ event, form: form.data, ip: '203.0.113.7', privacyVersion: '1' });
    }
    if (registrations > 0) await site.decideSeats(event);
    sown.set(event.slug, event);
  }
  return sown;
}

if (import.meta.main) {
  const { url } = await startSite(Number(process.argv[2] ?? 3111));
  process.stdout.write(`${url}\n`);
}
