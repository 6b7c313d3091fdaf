import * as z from 'zod';
import type { EventInput } from './event-input.ts';

const Created = z.object({ eventId: z.string(), revision: z.number() });
const Page = z.object({ items: z.array(z.object({ slug: z.string() })), cursor: z.string().optional() });

/** The few calls of the organiser API and of the public one that the seed makes. Throws what the API answered. */
export const seedApi = (siteUrl: string, key: string) => {
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown, headers = {}): Promise<unknown> => {
    const answer = await fetch(`${siteUrl}/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const bearer = { authorization: `Bearer ${key}` };
  return {
    /** The slugs of all events there are. */
    async slugs(): Promise<Set<string>> {
      const slugs = new Set<string>();
      let cursor: string | undefined;
      do {
        const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
        const page = Page.parse(await call('GET', `/events${query}`, undefined, bearer));
        for (const { slug } of page.items) slugs.add(slug);
        cursor = page.cursor;
      } while (cursor);
      return slugs;
    },
    create: async (event: EventInput) => Created.parse(await call('POST', '/events', event, bearer)),
    publish: ({ eventId, revision }: z.infer<typeof Created>) =>
      call('POST', `/events/${eventId}/publish`, undefined, { ...bearer, 'if-match': `"${revision}"` }),
    register: (slug: string, person: { readonly name: string; readonly email: string }) =>
      call('POST', `/events/${slug}/register`, person),
  };
};
