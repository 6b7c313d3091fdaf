import type * as z from 'zod';
import { Failure } from '../local/failure.ts';

/** One request of the organiser's API. */
export interface ApiRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Makes it a POST. */
  readonly body?: unknown;
}

/** Asks the API of one stage with one key. Throws a sentence where it says no, or cannot be reached. */
export type Ask = <Schema extends z.ZodType>(request: ApiRequest, answer: Schema) => Promise<z.infer<Schema>>;

/** API Gateway hangs up after thirty seconds. */
const LONGEST = 35_000;

export const apiClient =
  (address: string, key: string, send: typeof fetch = fetch): Ask =>
  async ({ path, query = {}, body }, schema) => {
    const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const url = `${address}/api/v1${path}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`;
    const answer = await send(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST),
    }).catch((error: unknown) => {
      const why = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : error;
      const start = address.startsWith('http://localhost:')
        ? ' Start Rollcall with npm start, and leave it running.'
        : '';
      throw new Failure(`${address} cannot be reached: ${why}.${start}`);
    });
    const said: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw new Failure(refusal(address, answer.status, said));
    const read = schema.safeParse(said);
    if (!read.success) throw new Failure(`${address} answers, but not as Rollcall does: is it the right address?`);
    return read.data;
  };

function refusal(address: string, status: number, said: unknown): string {
  const detail = (said as { detail?: unknown } | undefined)?.detail;
  if (typeof detail !== 'string')
    return `${address} answers ${status}, and not as Rollcall does: is it the right address?`;
  if (status === 401) return `${detail}. The key is read from ROLLCALL_API_KEY.`;
  return `The API says no: ${detail}.`;
}
