import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';
import { apiClient } from '#tools/deliveries/api-client.ts';
import { deliveriesOptions } from '#tools/deliveries/deliveries-options.ts';
import { releaseMails } from '#tools/deliveries/release-mails.ts';
import { leftInWords, releasableOf, tableOfUnsent, unsentMails } from '#tools/deliveries/unsent-mails.ts';

const EVENT = '7f3kq9x2m4t8c1vz';
const REFUSED = 'failed|1795435000|1|k2m4t8|1|MessageRejected';
const FAILED = { state: 'failed' } as const;

describe('the command line', () => {
  test('says what is meant; the stage is local unless said otherwise', () => {
    const nothing = { eventId: undefined, yes: false, stage: 'local', api: undefined };
    expect(deliveriesOptions(['list'])).toEqual({ ...nothing, command: 'list', pick: FAILED });
    const line = `release --kind confirmation,joining --campaign 1 --reason MessageRejected --held --yes --event ${EVENT}`;
    expect(deliveriesOptions([...line.split(' '), '--stage', 'prod', '--api', 'https://events.example.org/'])).toEqual({
      command: 'release',
      pick: {
        state: 'held',
        kinds: ['confirmation', 'joining'],
        campaigns: ['1'],
        reasons: ['MessageRejected'],
      },
      eventId: EVENT,
      yes: true,
      stage: 'prod',
      api: 'https://events.example.org',
    });
  });

  test('that asks for nothing, or for help, explains', () => {
    for (const args of [[], ['--help'], ['release', '-h']]) expect(deliveriesOptions(args).command).toBe('help');
  });

  test.each([
    ['resend', 'no command'],
    ['list all', 'one word too many'],
    ['list --yes', '--yes is for release'],
    ['list --kind newsletter', '“newsletter” is no kind of mail'],
    ['list --kind ,', '--kind names nothing'],
    ['list --campaign change', 'no campaign'],
    ['list --reason a/b', 'no reason'],
    ['list --event x', 'no id of an event'],
    ['list --api events.example.org', 'must be an address'],
    ['list --api https://events.example.org/api', 'must be an address'],
    ['list --colour', "Unknown option '--colour' (npm run deliveries -- --help lists the options)"],
    ['list --stage prd', 'There is no stage “prd”'],
    ['list --stage', 'argument missing'],
  ])('“%s” is answered with a sentence', (line, sentence) => {
    expect(() => deliveriesOptions(line.split(' '))).toThrow(sentence);
  });
});

/** The tool's client over the real routes, which lose some answers. */
function asking(api: OrganiserApi, { key = '', lose = (_nth: number): boolean => false } = {}) {
  const requests: string[] = [];
  const send: typeof fetch = async (input, { method = 'GET', headers, body } = {}) => {
    const url = new URL(String(input));
    requests.push(`${method} ${url.pathname}`);
    const token = new Headers(headers).get('authorization')?.replace('Bearer ', '');
    const answer = await api.call({
      method,
      path: url.pathname.replace('/api/v1', ''),
      query: Object.fromEntries(url.searchParams),
      ...(body !== undefined && { body: JSON.parse(String(body)) }),
      ...(token !== '' && { key: token }),
    });
    if (lose(requests.length)) throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  };
  return { ask: apiClient('https://events.example.org', key, send), requests };
}

describe('the mails of a stage', () => {
  let api: OrganiserApi;
  let key: string;
  beforeEach(async () => {
    api = await organiserApi();
    key = await api.makeKey({ scopes: ['events:read', 'campaigns:read', 'campaigns:trigger'] });
  });
  const failing = async (title: string, ...names: string[]) => {
    const { eventId } = await api.published({ title });
    for (const name of names) await api.welcomed(eventId, name, { deliveries: { '1@a1': REFUSED } });
    return eventId as string;
  };

  test('that failed are listed by event, kind and reason', async () => {
    const [one] = [await failing('Knife crime', 'Ada', 'Bea'), await failing('Nothing wrong here')];
    const two = await failing('Fraud', 'Cleo');
    const [cleo] = (await api.deps.registrations.list(two)).people;
    if (cleo) await api.deps.registrations.revise(cleo, (row) => ({ row: { ...row, bounced: true } }));
    const mails = await unsentMails(asking(api, { key }).ask, { eventId: undefined, pick: FAILED });
    expect(releasableOf(mails)).toBe(2);
    const lines = tableOfUnsent(mails)
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual(['EVENT', 'TITLE', 'MAIL', 'CAMPAIGN', 'REASON', 'MAILS', 'TO SEND', 'LEFT']);
    expect(lines.slice(1)).toEqual(
      expect.arrayContaining([
        [one, 'Knife crime', 'confirmation', '1', 'MessageRejected', '2', '2'],
        [two, 'Fraud', 'confirmation', '1', 'MessageRejected', '1', '0', '1 bounced'],
      ]),
    );
    expect(lines).toHaveLength(3);
    const picks = [{ reasons: ['rejected-by-ses'] }, { kinds: ['reminder' as const] }, { campaigns: ['2'] }];
    for (const pick of picks)
      expect(await unsentMails(asking(api, { key }).ask, { eventId: one, pick: { ...FAILED, ...pick } })).toEqual([]);
  });

  test('are released, those that were seen and no more', async () => {
    const eventId = await failing('Knife crime', 'Ada', 'Bea');
    const { ask } = asking(api, { key });
    const wish = { eventId, pick: { ...FAILED, kinds: ['confirmation' as const] } };
    await expect(releaseMails(ask, { ...wish, expect: 1 })).rejects.toThrow('"expect": 2');
    expect(await releaseMails(ask, { ...wish, expect: 2 })).toEqual({ owed: 2, left: {} });
    expect(await releaseMails(ask, { ...wish, expect: 2 })).toEqual({ owed: 0, left: {} });
  });

  test('whose answer was lost are not sent twice by another try', async () => {
    const eventId = await failing('Knife crime', 'Ada', 'Bea');
    const { ask } = asking(api, { key, lose: (nth) => nth === 1 });
    const wish = { eventId, pick: FAILED, expect: 2 };
    await expect(releaseMails(ask, wish)).rejects.toThrow('cannot be reached: read ECONNRESET');
    expect(await releaseMails(ask, wish)).toEqual({ owed: 0, left: {} });
    expect(api.committed.filter(({ after }) => after?.fact === 'mail.requested')).toHaveLength(2);
  });

  test('are asked for call by call until none is left to do', async () => {
    const answers = [
      { owed: 3, left: { expired: 1 }, next: 'a.b' },
      { owed: 2, left: { expired: 2, muted: 1 } },
    ];
    const bodies: unknown[] = [];
    const send: typeof fetch = async (_, { body } = {}) => {
      bodies.push(JSON.parse(String(body)));
      return Response.json(answers[bodies.length - 1]);
    };
    const released = await releaseMails(apiClient('https://x.example', 'k', send), {
      eventId: EVENT,
      pick: FAILED,
      expect: 9,
    });
    expect(released).toEqual({ owed: 5, left: { expired: 3, muted: 1 } });
    expect(bodies).toEqual([
      { state: 'failed', expect: 9 },
      { state: 'failed', expect: 9, cursor: 'a.b' },
    ]);
    expect(leftInWords(released.left)).toBe('3 expired, 1 muted');
  });

  test.each([
    ['a key that is none', 'rk_x', 'The key is read from ROLLCALL_API_KEY'],
    ['a key without the scope', 'scoped', 'This needs the scope campaigns:trigger'],
  ])('are not released with %s, in a sentence', async (_, given, sentence) => {
    const eventId = await failing('Knife crime', 'Ada');
    const token = given === 'scoped' ? await api.makeKey({ scopes: ['campaigns:read'] }) : given;
    const release = releaseMails(asking(api, { key: token }).ask, { eventId, pick: FAILED, expect: 1 });
    await expect(release).rejects.toThrow(sentence);
  });

  test.each([
    ['another site', new Response('<html>', { status: 200 }), 'not as Rollcall does'],
    ['a proxy in the way', new Response('Bad Gateway', { status: 502 }), 'answers 502'],
  ])('are not found at %s, in a sentence', async (_, answer, sentence) => {
    const ask = apiClient('https://x.example', 'k', async () => answer);
    await expect(ask({ path: '/events' }, z.object({}))).rejects.toThrow(sentence);
  });
});
