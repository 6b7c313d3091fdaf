/** How often somebody sends again what was not acknowledged: whoever means it, does. */
const TRIES = 15;
const AT_ONCE = 6;
const PAUSE_MS = 300;

/** What was heard, of all that was asked. */
export interface Heard {
  readonly answers: Map<number, number>;
  /** Answers in words that are not ours: what a gateway says of itself. */
  readonly strange: string[];
  /** The last answer but a good one. */
  last: string;
  slowest: number;
}
export const nothingHeard = (): Heard => ({ answers: new Map(), strange: [], last: '', slowest: 0 });

interface Asking {
  readonly siteUrl: string;
  readonly heard: Heard;
}
interface Request {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as somebody means it: sent again while it is not acknowledged. The answer, or nothing where there never was one. */
export async function insist<Body>({ siteUrl, heard }: Asking, request: Request): Promise<Body | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const began = performance.now();
    const response = await fetch(new URL(request.path, siteUrl), {
      method: request.method ?? 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...request.headers },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    }).catch(() => undefined);
    const text = await response?.text().catch(() => '');
    const status = response?.status ?? 0;
    heard.slowest = Math.max(heard.slowest, performance.now() - began);
    heard.answers.set(status, (heard.answers.get(status) ?? 0) + 1);
    if (status >= 200 && status < 300) return text ? JSON.parse(text) : ({} as Body);
    heard.last = `${status} ${text?.slice(0, 300)}`;
    const isOurs = response?.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    if (!isOurs) heard.strange.push(`${status} ${text?.slice(0, 80)}`);
    if (status >= 400 && status < 500 && status !== 409 && status !== 429) return undefined;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return undefined;
}

/** Does something for each, for some at once. */
export async function forEach<Each>(all: readonly Each[], work: (each: Each) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < all.length; at = next++) await work(all[at] as Each);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
