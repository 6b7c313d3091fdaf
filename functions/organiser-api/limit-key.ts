import { type ApiRates, type Rate, type RateName, secondsLeft, withinRate } from '#shared/domain/api-rates.ts';
import { HttpRefusal } from '#shared/http/problem.ts';
import { type Around, type Route, type RouteInput, rateOf } from '#shared/http/route.ts';
import type { RateStore } from '#shared/store/rates.ts';

interface LimitDeps {
  readonly rates: RateStore;
  readonly apiRates: ApiRates;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Requests to see something are counted twenty at a time: what this process does not use of them is lost to the key. */
const LEASE: Record<RateName, number> = { read: 20, act: 1, mail: 1, send: 1 };
const WHAT: Record<RateName, string> = {
  read: 'requests to see something',
  act: 'requests that make or change something',
  mail: 'mails to single people',
  send: 'requests that have many people mailed',
};

interface Standing {
  /** Which window of time it is about. */
  readonly window: number;
  left: number;
  isUsedUp: boolean;
}

/**
 * Lets a key's request through while the key is within its rates, and throws `too-many-requests` with the seconds to wait.
 * One write counts a request, or twenty of those that only look; a key beyond its rate costs nothing more until its window is
 * over. What cannot be counted is not done: it would meet the same table. Stops are never counted.
 */
export function keyLimit({ rates, apiRates, now: clock }: LimitDeps) {
  const standings = new Map<string, Standing>();

  const ensureWithin = async (keyId: string, name: RateName): Promise<void> => {
    const rate = apiRates[name];
    const now = Math.floor(clock() / 1000);
    const window = Math.floor(now / rate.seconds);
    const scope = `key#${keyId}#${name}`;
    const known = standings.get(scope);
    const standing = known?.window === window ? known : { window, left: 0, isUsedUp: false };
    standings.set(scope, standing);
    if (standing.left > 0) {
      standing.left -= 1;
      return;
    }
    if (!standing.isUsedUp) {
      const wanted = LEASE[name];
      const spent = await rates.count(scope, rate, { now, wanted });
      const granted = withinRate(rate, { spent, wanted });
      standing.isUsedUp ||= granted < wanted;
      if (granted > 0) {
        standing.left += granted - 1;
        return;
      }
    }
    const { limit } = rate;
    throw tooMany(`This key has used up its ${limit} ${WHAT[name]} ${perOf(rate)}`, secondsLeft(rate, now));
  };

  return (route: Route) =>
    async ({ event: { caller }, dryRun }: RouteInput): Promise<void> => {
      const name = rateOf(route, dryRun);
      if (caller && name !== undefined) await ensureWithin(caller.keyId, name);
    };
}

/** Throws `too-many-requests` where this has been asked for too often within a while, whoever asked. */
export async function ensureSeldom(
  { rates, now: clock }: Pick<LimitDeps, 'rates' | 'now'>,
  { scope, rate, what }: { scope: string; rate: Rate; what: string },
): Promise<void> {
  const now = Math.floor(clock() / 1000);
  const spent = await rates.count(scope, rate, { now, wanted: 1 });
  if (withinRate(rate, { spent, wanted: 1 }) === 0) throw tooMany(what, secondsLeft(rate, now));
}

/** A request first meets the limits of its key, then whoever knows repeats. */
export const within =
  (limit: ReturnType<typeof keyLimit>, once: (route: Route, routes: readonly Route[]) => Around) =>
  (route: Route, routes: readonly Route[]): Around => {
    const [ensure, around] = [limit(route), once(route, routes)];
    return async (input, act) => {
      await ensure(input);
      return around(input, act);
    };
  };

const perOf = ({ seconds }: Rate): string =>
  seconds === 60 ? 'a minute' : seconds === 3600 ? 'an hour' : `in ${seconds} seconds`;

const tooMany = (what: string, seconds: number) =>
  new HttpRefusal('too-many-requests', `${what}: try again in ${seconds} s`, {
    headers: { 'retry-after': String(seconds) },
  });
