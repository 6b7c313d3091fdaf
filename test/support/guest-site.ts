import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { admit } from '#functions/admit/admit.ts';
import { certificateRoutes } from '#functions/certificate/routes.ts';
import { askForLinks } from '#functions/guest-site/ask-for-links.ts';
import { correctAddress } from '#functions/guest-site/correct-address.ts';
import { programme } from '#functions/guest-site/programme.ts';
import { guestRoutes } from '#functions/guest-site/routes.ts';
import { sendLinks } from '#functions/guest-site/send-links.ts';
import { pretendToTake, takeForm } from '#functions/guest-site/take-form.ts';
import { takeRegistration } from '#functions/guest-site/take-registration.ts';
import { personalRoutes } from '#functions/personal-site/routes.ts';
import { routes } from '#infra/routes.ts';
import { placeHash } from '#shared/domain/address.ts';
import { certificateCode } from '#shared/domain/certificate.ts';
import type { Event, EventText } from '#shared/domain/event.ts';
import type { LeftAddress } from '#shared/domain/left-address.ts';
import { type LinkPurpose, linkHolder, objectionHolder, signLink } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { pages } from '#shared/http/page.ts';
import { renderTexts } from '#shared/markdown/render-texts.ts';
import { faces } from '#shared/pdf/faces.ts';
import { allowMail } from '#shared/site/allow-mail.ts';
import { allowTelling } from '#shared/site/allow-telling.ts';
import { errorPage } from '#shared/site/error-page.ts';
import { WRONG_LINK } from '#shared/site/wrong-link.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { seatStore } from '#shared/store/seats.ts';
import { sharerStore } from '#shared/store/sharers.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import type { Item, Table } from '#shared/store/table.ts';
import { ticketStore } from '#shared/store/tickets.ts';
import { aText, NOW } from './builders.ts';
import { apiGatewayEvent, lambdaContext, recordedLog, type TestRequest } from './http.ts';
import { TIMINGS } from './sending.ts';

const hourly = (limit: number) => ({ limit, seconds: 3600 });

/** What the site is called in tests. */
export const SITE = {
  name: 'Rollcall',
  url: 'https://events.example.org',
  organiser: { name: 'Rollcall Events', email: 'organiser@example.org' },
  corsOrigins: ['https://www.example.org'],
  retentionDays: 90,
};

/** The fonts as they are installed; in a bundle they lie beside the code. */
export const FACES = faces((file) => readFile(join('node_modules', file)));

export interface GuestSiteOptions {
  readonly url?: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** The table as the site reaches it. */
  readonly reach?: (table: Table) => Table;
}

/** The whole site over a table in memory: its handler, and hands to arrange what it shows. */
export function guestSite({
  url = SITE.url,
  now = () => Date.parse(NOW),
  reach = (table) => table,
}: GuestSiteOptions = {}) {
  const writes: Committed[] = [];
  const kept = new Map<string, Item>();
  const calls: string[] = [];
  const table = reach(
    overheard(
      calls,
      memoryTable((write) => {
        writes.push(write);
        const { before, after } = write;
        if (before) kept.delete(`${before.pk} ${before.sk}`);
        if (after) kept.set(`${after.pk} ${after.sk}`, after);
      }),
    ),
  );
  const [events, registrations, seats] = [eventStore(table), registrationStore(table), seatStore(table)];
  const surveyAnswers = surveyAnswerStore(table);
  const linkKeys = new Map([['k1', 'a key that signs links in tests, and long enough']]);
  const log = recordedLog();
  const site = { ...SITE, url };
  const rules = {
    budgets: budgetStore(table),
    limits: { address: hourly(20), ipPrefix: hourly(1000), event: hourly(1000), overall: hourly(1000) },
    addressKey: 'a key of the address book',
    timings: TIMINGS,
    chance: randomBytes,
    registrations,
    eraser: eraser(table),
    wishes: linkWishStore(table),
    sharers: sharerStore(table),
    tickets: ticketStore(table),
    now,
    logger: log,
  };
  const take = takeRegistration(rules);
  const shown = programme({ events, seats, now });
  const open = pages({
    errorPage: errorPage(site),
    logger: log,
    corsOrigins: site.corsOrigins,
    routes: guestRoutes({
      site,
      programme: shown,
      takeRegistration: take,
      takeForm: takeForm(rules),
      pretendToTake: () => pretendToTake(rules),
      correctAddress: correctAddress(rules),
      askForLinks: askForLinks(rules),
      now,
    }),
  });
  const personal = pages({
    errorPage: errorPage(site, WRONG_LINK),
    logger: log,
    corsOrigins: [],
    routes: personalRoutes({
      site,
      events,
      registrations,
      organisers: organiserStore(table),
      seats,
      surveyAnswers,
      linkKeys: async () => linkKeys,
      eraser: eraser(table),
      placeHash: async (event, person) => placeHash(rules.addressKey, event, person),
      chance: randomBytes,
      allowMail: allowMail(rules),
      mayTellOld: allowTelling(rules),
      logger: log,
      now,
      sleep: async () => {},
    }),
  });
  const certificates = pages({
    errorPage: errorPage(site, WRONG_LINK),
    logger: log,
    corsOrigins: [],
    routes: certificateRoutes({ site, registrations, linkKeys: async () => linkKeys, faces: FACES, now }),
  });
  const isOf = (service: 'personal-site' | 'certificate', path: string) =>
    routes[service].some((key) => key.split(' ')[1]?.split('/')[1] === path.split('/')[1]);
  const handlerOf = (path: string) => {
    if (isOf('personal-site', path)) return personal;
    return isOf('certificate', path) ? certificates : open;
  };
  const seat = admit({ events, registrations, seats, eraser: eraser(table), now, logger: recordedLog() });

  return {
    log,
    writes,
    /** Has every row as earlier versions left it: nobody is found by the mailbox that they share. */
    async forgetSharers(): Promise<void> {
      for (const { pk, sk, sharedHash } of [...kept.values()]) {
        if (sk.startsWith('SHARER#') || sk === 'SHARERS') await table.remove({ pk, sk });
        if (sharedHash !== undefined)
          await table.update({ pk, sk, remove: [['sharedHash']], when: [{ is: 'there' }], fact: undefined });
      }
    },
    /** What was asked of the table, in order: the names of its port's calls. */
    calls,
    /** Looks at every wish for links that is left, as the function does whom the bus tells of them. */
    async lookUpLinks(): Promise<void> {
      const wishes = [...kept.values()].filter(({ sk }) => sk === 'WISH');
      for (const { wishId } of wishes) await sendLinks({ ...rules, kept: shown.kept })(String(wishId));
    },
    registrations,
    seats,
    surveyAnswers,
    take,
    /** Everything the table holds. */
    items: (): Item[] => [...kept.values()],
    /** What `admit` does about a nudge. */
    seat,
    /** Saves an event as it is given, its texts rendered. */
    async publish(event: Event, text: Partial<EventText> = {}): Promise<Event> {
      await events.create(event, renderTexts(aText(text)));
      return event;
    },
    /** Saves an event as earlier versions did: nothing is rendered. */
    async publishAsTyped(event: Event, text: Partial<EventText>): Promise<void> {
      await events.create(event, aText(text));
    },
    /** Saves a change of an event. */
    async change(event: Event, change: Partial<Event>): Promise<void> {
      await events.save({ ...event, ...change, revision: event.revision + 1 }, aText(), {
        revision: event.revision,
        fact: 'event.changed',
      });
    },
    people: async ({ eventId }: Event): Promise<Registration[]> => (await registrations.list(eventId)).people,
    /** Decides about everybody's seat, as `admit` does. */
    async decideSeats({ eventId }: Event): Promise<void> {
      for (const { registrationId } of (await registrations.list(eventId)).people)
        await seat({ v: 1, eventId, registrationId });
    },
    /** Signs with another key from now on. */
    rotateKeys: () => linkKeys.set('k2', 'the key that signs after the first, and long enough'),
    codeOf: (row: Registration): string => certificateCode(linkKeys, row),
    /** The link that only the mail to an address that was left holds. */
    objectionOf: (row: Registration, left: LeftAddress): string =>
      signLink(linkKeys, 'object', objectionHolder(row, left)),
    tokenOf: (row: Registration, purpose: LinkPurpose): string => signLink(linkKeys, purpose, linkHolder(purpose, row)),
    /** Sends a request as API Gateway would; `rawQuery` stands in for a query that no record of names can spell. */
    request: async ({ rawQuery, ...request }: GuestRequest): Promise<Answer> => {
      const event = apiGatewayEvent(request);
      const sent = rawQuery === undefined ? event : { ...event, rawQueryString: rawQuery };
      return answerOf(await handlerOf(event.rawPath)(sent as never, lambdaContext));
    },
  };
}
export interface GuestRequest extends TestRequest {
  readonly rawQuery?: string;
}
export type GuestSite = ReturnType<typeof guestSite>;

/** The table, with every call of it noted by its name. */
const overheard = (calls: string[], table: Table): Table =>
  new Proxy(table, {
    get: (target, name, self) => {
      const call: unknown = Reflect.get(target, name, self);
      if (typeof call !== 'function') return call;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return call.apply(target, given);
      };
    },
  });

/** What a visitor gets. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

function answerOf({
  statusCode = 0,
  headers = {},
  body = '',
  isBase64Encoded = false,
}: APIGatewayProxyStructuredResultV2): Answer {
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return { status: statusCode, headers: plain, body, isBase64Encoded };
}

/** The words of a page as they are read, without its head. */
export const readable = (page: string): string => page.replace(/^[\s\S]*<body>/, '').replace(/<[^>]*>/g, '');

/** A form as a browser posts it, and as API Gateway hands it on: in base64. */
export const posted = (
  path: string,
  fields: Record<string, string> | string,
  headers: Record<string, string> = {},
): TestRequest => ({
  method: 'POST',
  path,
  body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  base64: true,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
});
