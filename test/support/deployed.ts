import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { inject } from 'vitest';
import type { RegistrationView } from '#functions/organiser-api/registration-view.ts';
import { clientConfig } from '#tools/local/endpoint.ts';
import { aNewEvent } from './builders.ts';

interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A mail as it lies in the mailbox. */
export interface Received {
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly html?: string; readonly text?: string };
  readonly attachments: readonly {
    readonly content: string;
    readonly contentType: string;
    readonly filename?: string;
  }[];
}

interface OnTheWire {
  readonly to: readonly string[];
  readonly at: string;
  readonly outcome: string;
  readonly tags: Readonly<Record<string, string>>;
}

type Problem = {
  readonly status: number;
  readonly type: string;
  readonly detail?: string;
  readonly errors?: readonly { pointer: string }[];
};

/** The deployed app from the outside: its API, its forms, its mailbox, and what SES saw. */
export function deployed() {
  const { siteUrl, mailUrl, sesUrl, apiKey, outputs, endpoint } = inject('localAws');
  const lambda = new LambdaClient(clientConfig(endpoint));

  async function call<Body = Problem>(
    method: string,
    path: string,
    {
      body,
      key = apiKey,
      headers = {},
    }: { body?: unknown; key?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(new URL(path, siteUrl), {
      method,
      redirect: 'manual',
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed as Body };
  }

  const front = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const response = await fetch(new URL(`/_front/${path}`, sesUrl), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Body;
  };

  /** Everything in the mailbox, by address. */
  const mailbox = async (): Promise<Map<string, Received[]>> => {
    const response = await fetch(new URL('/store', mailUrl));
    const { emails } = (await response.json()) as { emails: Received[] };
    return Map.groupBy(emails, ({ destination }) => destination.to[0] ?? '');
  };

  return {
    siteUrl,
    outputs,
    endpoint,
    call,

    /** A published event, made by API. */
    async event(given: Record<string, unknown> = {}): Promise<{ eventId: string; slug: string }> {
      const slug = `e2e-${crypto.randomUUID()}`;
      const made = await call<{ eventId: string }>('POST', '/api/v1/events', { body: aNewEvent({ slug, ...given }) });
      if (made.status !== 201) throw new Error(`The event was not made: ${JSON.stringify(made.body)}`);
      const { eventId } = made.body;
      const published = await call('POST', `/api/v1/events/${eventId}/publish`);
      if (published.status !== 200) throw new Error(`The event was not published: ${JSON.stringify(published.body)}`);
      return { eventId, slug };
    },

    /** Somebody registers, as an embedded form would. */
    register: (slug: string, email: string, given: Record<string, unknown> = {}) =>
      call(`POST`, `/api/v1/events/${slug}/register`, { body: { name: 'Ada Example', email, ...given }, key: null }),

    async people(eventId: string): Promise<RegistrationView[]> {
      const all: RegistrationView[] = [];
      let next: string | undefined;
      do {
        const query = new URLSearchParams({ limit: '100', ...(next && { cursor: next }) });
        const path = `/api/v1/events/${eventId}/registrations?${query}`;
        const { body } = await call<{ registrations: RegistrationView[]; next?: string }>('GET', path);
        all.push(...body.registrations);
        next = body.next;
      } while (next);
      return all;
    },

    mailbox,

    /** The mails of an address in the mailbox, oldest first. */
    mails: async (to: string): Promise<Received[]> => (await mailbox()).get(to) ?? [],

    /** The SendEmail requests that reached SES for an address, whatever became of them. */
    wire: async (to: string): Promise<readonly OnTheWire[]> =>
      (await front<{ requests: OnTheWire[] }>('GET', `requests?to=${encodeURIComponent(to)}`)).requests,
    fault: (to: string, fault: string, next = 1) => front('POST', 'faults', { to, fault, next }),
    releaseEvents: () => front('POST', 'release'),
    /** Whether SES has verified an identity; the stage's own is from the start. */
    verified: (identity: string, verified: boolean) => front('POST', 'identities', { identity, verified }),

    /** One round of the sweep, now instead of within the minute. */
    sweep: () =>
      lambda.send(
        new InvokeCommand({
          FunctionName: outputs.SweepFunctionName,
          Payload: JSON.stringify({ 'detail-type': 'Scheduled Event', source: 'aws.events' }),
        }),
      ),
  };
}

/** Asks again until the answer is there; throws with the last one when it never is. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | undefined | false>,
  withinMs = 30_000,
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Nothing more comes: looks once more after what would have brought it has had its time. */
export const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The first link of a mail's text that leads to this path. */
export function linkIn({ body }: Received, path: string): string {
  const link = (body.text ?? '').match(new RegExp(`https?://\\S*/${path}/\\S+`))?.[0];
  if (!link) throw new Error(`There is no link to /${path}/ in the mail`);
  return link.replace(/[).,>]+$/, '');
}
