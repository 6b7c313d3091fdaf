import * as z from 'zod';
import type { EventInput } from './seed-event.ts';

const Created = z.object({ eventId: z.string() });
const Page = z.object({ events: z.array(z.object({ slug: z.string() })), next: z.string().optional() });

/** The few calls of the organiser API and of the public one that the seed makes. Throws what the API answered. */
export const seedApi = (siteUrl: string, key: string) => {
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown, headers = {}): Promise<string> => {
    const answer = await fetch(`${siteUrl}/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    return text;
  };
  const bearer = { authorization: `Bearer ${key}` };
  return {
    /** The slugs of all events there are. */
    async slugs(): Promise<Set<string>> {
      const slugs = new Set<string>();
      let query: string | undefined = '';
      while (query !== undefined) {
        const page = Page.parse(JSON.parse(await call('GET', `/events${query}`, undefined, bearer)));
        for (const { slug } of page.events) slugs.add(slug);
        query = page.next && `?cursor=${encodeURIComponent(page.next)}`;
      }
      return slugs;
    },
    /** Creates a draft and gives its id. */
    create: async (event: EventInput): Promise<string> =>
      Created.parse(JSON.parse(await call('POST', '/events', event, bearer))).eventId,
    publish: (eventId: string) => call('POST', `/events/${eventId}/publish`, undefined, bearer),
    register: (slug: string, person: { readonly name: string; readonly email: string }) =>
      call('POST', `/events/${slug}/register`, person),
  };
};
