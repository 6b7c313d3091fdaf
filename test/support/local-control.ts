import type { Endpoint } from '#tools/local/endpoint.ts';

/** What the local AWS counts of its Lambdas, by the function's name. */
export interface LambdaCounts {
  /** How many may run at once. */
  readonly concurrency: number;
  /** Runs that were refused because the function had run too often in one chain. */
  readonly dropped: Readonly<Record<string, number>>;
  /** The most runs of the function in one chain. */
  readonly longest: Readonly<Record<string, number>>;
  /** Invocations that found no Lambda free. */
  readonly throttled: Readonly<Record<string, number>>;
  /** Batches that found none until their visibility timeout had passed. */
  readonly letGo: Readonly<Record<string, number>>;
}

/** Reads those counts, or sets how many Lambdas may run at once and begins to count anew. */
export const lambdaCounts = async ({ url }: Endpoint, concurrency?: number): Promise<LambdaCounts> => {
  const order = concurrency !== undefined && { method: 'PUT', body: JSON.stringify({ concurrency }) };
  const answer = await fetch(new URL('/_local', url), { method: 'GET', ...order });
  return (await answer.json()) as LambdaCounts;
};
