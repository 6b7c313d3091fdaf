import { type Heard, insist } from './visitors.ts';
import type { World } from './world.ts';

/** Asks the organiser's API, under a name of its own: sent again, it is the same request. */
export const askApi =
  ({ siteUrl, apiKey }: World, heard: Heard) =>
  <Body>(path: string, body?: unknown): Promise<Body | undefined> =>
    insist<Body>(
      { siteUrl, heard },
      {
        path: `/api/v1${path}`,
        headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': crypto.randomUUID() },
        ...(body !== undefined && { body }),
      },
    );
