import { createHash } from 'node:crypto';
import { actOnce } from '#functions/organiser-api/act-once.ts';
import { keyCheck } from '#functions/organiser-api/check-key.ts';
import { depsOn } from '#functions/organiser-api/deps.ts';
import { newEvent } from '#functions/organiser-api/examples.ts';
import { keyLimit, within } from '#functions/organiser-api/limit-key.ts';
import { routes } from '#functions/organiser-api/routes.ts';
import { placeHash } from '#shared/domain/address.ts';
import { type ApiKey, mintKey, SCOPES } from '#shared/domain/api-key.ts';
import { ApiRates } from '#shared/domain/api-rates.ts';
import type { Chance } from '#shared/domain/ids.ts';
import { apply, type Registration } from '#shared/domain/registration.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { instantAt } from '#shared/domain/time.ts';
import { api } from '#shared/http/api.ts';
import type { HttpEvent } from '#shared/http/reply.ts';
import { FanOut, JobNudge } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { allowTelling } from '#shared/site/allow-telling.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { rateStore } from '#shared/store/rates.ts';
import { requestStore } from '#shared/store/requests.ts';
import type { Table } from '#shared/store/table.ts';
import { apiGatewayEvent, lambdaContext, recordedLog, type TestRequest } from './http.ts';
import { memoryFiles } from './memory-files.ts';
import { TIMINGS } from './sending.ts';

const A_LOT = { limit: 1000, seconds: 3600 };
const BUDGETS = { address: { limit: 5, seconds: 3600 }, ipPrefix: A_LOT, event: A_LOT, overall: A_LOT };
const NOON = Date.parse('2026-11-23T12:00:00Z');
export const SITE_URL = 'https://events.example.org';

/** Bytes that look random and are the same in every run. */
function seededChance(seed: string): Chance {
  let n = 0;
  return (length) => createHash('sha512').update(`${seed}${n++}`).digest().subarray(0, length);
}

/** The organiser's API over a table in memory, reached by `reach`, with a clock to turn and keys to hand out. */
export async function organiserApi(seed = 'organiser-api', reach: (table: Table) => Table = (table) => table) {
  const committed: Committed[] = [];
  const memory = memoryTable((write) => void committed.push(write));
  // Whoever organises the documented event has said that the address is theirs.
  const organisers = organiserStore(memory);
  await organisers.prove(newEvent.organiser.email, Math.floor(NOON / 1000));
  committed.splice(0);
  const table = reach(memory);
  const chance = seededChance(seed);
  const clock = { now: NOON };
  const now = () => clock.now;
  const organiser = { name: 'Rollcall Events', email: 'organiser@example.org' };
  const site = { name: 'Rollcall', organiser, retentionDays: 30 };
  const fannedOut: FanOut[] = [];
  const fanOut = async (messages: readonly Outgoing[]) =>
    void fannedOut.push(...messages.map(({ body }) => FanOut.parse(body)));
  const nudged: JobNudge[] = [];
  const slept: number[] = [];
  const workOn = async (messages: readonly Outgoing[]) =>
    void nudged.push(...messages.map(({ body }) => JobNudge.parse(body)));
  const { files, kept } = memoryFiles();
  const [timings, mayReach] = [TIMINGS, (address: string) => !address.endsWith('@unreachable.example')];
  const apiRates = ApiRates.parse({});
  const counted: Committed[] = [];
  const stores = depsOn(table, {
    siteUrl: SITE_URL,
    site,
    timings,
    mayReach,
    now,
    chance,
    sleep: async (ms) => void slept.push(ms),
    fanOut,
    workOn,
    files,
    placeHash: async (event, person) => placeHash('k', event, person),
    mayTellOld: allowTelling({ budgets: budgetStore(table), limits: BUDGETS, addressKey: 'k', now }),
  });
  // In a table of its own: what requests are counted by is nothing that a route wrote.
  const deps = { ...stores, rates: rateStore(memoryTable((write) => void counted.push(write))) };
  const keys = apiKeyStore(table);
  const reads: string[] = [];
  const readKeys: Pick<typeof keys, 'get'> = {
    get: (keyId) => {
      reads.push(keyId);
      return keys.get(keyId);
    },
  };
  const log = recordedLog();
  const all = routes(deps);
  const handler = api({
    logger: log,
    guard: keyCheck(readKeys, now),
    once: within(
      keyLimit({ rates: deps.rates, apiRates, now }),
      actOnce({ requests: requestStore(table), now, chance, logger: log }),
    ),
    routes: all,
  });

  const makeKey = async (wish: Partial<Pick<ApiKey, 'scopes' | 'events' | 'expiresOn'>> = {}): Promise<string> => {
    const { key, token } = mintKey({ name: 'Test', scopes: [...SCOPES], ...wish }, chance, instantAt(clock.now / 1000));
    await keys.add(key);
    return token;
  };
  const everything = await makeKey();

  const call = async ({ key = everything, ...request }: TestRequest & { key?: string | undefined }) => {
    const authorization = key === '' ? undefined : `Bearer ${key}`;
    const headers = { ...(authorization && { Authorization: authorization }), ...request.headers };
    const event = apiGatewayEvent({ ...request, headers, path: `/api/v1${request.path}` });
    const { statusCode, headers: answered, body } = await handler(event as unknown as HttpEvent, lambdaContext);
    const isText = answered['content-type']?.startsWith('text/');
    return { status: statusCode ?? 0, headers: answered, body: body === undefined || isText ? body : JSON.parse(body) };
  };
  const post = (path: string, body?: unknown) => call({ method: 'POST', path, body });
  const patch = (eventId: string, body: unknown, ifMatch: string) =>
    call({ method: 'PATCH', path: `/events/${eventId}`, body, headers: { 'if-match': ifMatch } });

  /** A draft like the documented one, some of it otherwise. */
  const draft = async (other: object = {}) => {
    const { status, body } = await post('/events', { ...newEvent, ...FUTURE, ...other });
    if (status !== 201) throw new Error(`The draft was refused: ${JSON.stringify(body)}`);
    return body;
  };
  const published = async (other: object = {}) => (await post(`/events/${(await draft(other)).eventId}/publish`)).body;

  const register = async (eventId: string, name: string, details: Details = {}, capped = false) => {
    const registrationId = `${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
    const email = `${registrationId}@example.org`;
    const row = apply(
      { eventId, registrationId, name, email, linkSeed: 'seed-of-links', source: 'form' },
      capped,
      instantAt(clock.now / 1000),
      { delay: 0, dropped: false },
    );
    await deps.registrations.add(row, details, `hash-of-${registrationId}-${eventId}`);
    return row;
  };

  /** Somebody who has had their confirmation, some of their row otherwise. */
  const welcomed = async (eventId: string, name: string, other: Partial<Registration> = {}) => {
    const row = await register(eventId, name);
    const deliveries = { '1@a1': `delivered|${Math.floor(clock.now / 1000)}|1|k2m4t8|1` };
    const { greetDue: _, greetDueAt: __, ...settled } = { ...row, deliveries, ...other };
    await deps.registrations.revise(row, () => ({ row: settled }));
    return settled;
  };

  /** A campaign that is sent by hand, some of it otherwise. */
  const campaign = async (eventId: string, other: object = {}) => {
    const { status, body } = await post(`/events/${eventId}/campaigns`, { ...BY_HAND, ...other });
    if (status !== 201) throw new Error(`The campaign was refused: ${JSON.stringify(body)}`);
    return body;
  };
  const trigger = (eventId: string, campaignId: string, idempotencyKey: string, body?: unknown) =>
    call({
      method: 'POST',
      path: `/events/${eventId}/campaigns/${campaignId}/trigger`,
      headers: { 'idempotency-key': idempotencyKey },
      body,
    });

  /** Somebody confirmed whose mail of this run nobody knows the fate of. */
  const held = async (run: { eventId: string; campaignId: string; runId: string }, name: string) => {
    const row = await register(run.eventId, name);
    const deliveries = { [`${run.campaignId}@${run.runId}`]: `held|${Math.floor(clock.now / 1000)}|2|k2m4t8` };
    await deps.registrations.revise(row, (current) => ({ row: { ...current, deliveries } }));
    return row;
  };

  return {
    table,
    deps,
    organisers,
    keys,
    reads,
    clock,
    log,
    committed,
    /** What a key may do how often, for a test to lower; and the writes that counted requests. */
    apiRates,
    counted,
    fannedOut,
    /** Jobs that were to be worked on, and the files they have. */
    nudged,
    /** Waits that were not waited. */
    slept,
    files,
    kept,
    routes: all,
    makeKey,
    call,
    post,
    patch,
    draft,
    published,
    register,
    welcomed,
    campaign,
    trigger,
    held,
  };
}
export type OrganiserApi = Awaited<ReturnType<typeof organiserApi>>;

const BY_HAND = { name: 'Room change', kind: 'announcement', state: 'active', trigger: { manual: true } };

/** Ahead of the tests' clock. */
export const FUTURE = { startsAt: '2027-02-18T09:30', endsAt: '2027-02-18T13:00' };
