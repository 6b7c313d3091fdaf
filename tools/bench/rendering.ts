import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { compose } from '#functions/send/compose.ts';
import { writeDelivery } from '#shared/domain/delivery.ts';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { chance, newId } from '#shared/domain/ids.ts';
import { apply } from '#shared/domain/registration.ts';
import { sesMailer } from '#shared/mail/ses.ts';
import { renderTemplate } from '#shared/markdown/render-template.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { atMost, type Figure, noted } from './table.ts';

const NOW = '2026-11-23T10:00:00Z';
const EPOCH = Date.parse(NOW) / 1000;
const MAILS = 1500;
const WARM_UP = 300;

/** A table and an SES in a process of their own, so that what they cost is not counted: one answer to every call. */
const STUB = `
const { createServer } = require('node:http');
const [row] = process.argv.slice(1);
const server = createServer((request, response) => {
  request.resume().on('end', () => response.end(request.headers['x-amz-target'] ? row : '{"MessageId":"m"}'));
});
server.keepAliveTimeout = 60000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/**
 * What writing a mail costs of everything a processor does for it: claim, mail, SES, settling, by the real clients on the
 * loopback interface. Both are counted in the same run, so that a slow machine changes neither side alone.
 */
export async function renderingFigures(): Promise<{ title: string; figures: Figure[] }> {
  const eventId = newId(chance);
  const event = publishEvent(draftEvent(anEvent(), { eventId, slug: 'bench', now: NOW }).event, NOW);
  const row = apply(
    {
      eventId,
      registrationId: newId(chance),
      name: 'Ada Example',
      email: 'ada@example.org',
      linkSeed: 'a seed of links',
      source: 'form',
    },
    false,
    NOW,
    { delay: 0, dropped: false },
  );
  const stub = spawn(process.execPath, ['-e', STUB, JSON.stringify({ Attributes: marshall(toItem(row)) })]);
  try {
    const [port] = await once(stub.stdout, 'data');
    const endpoint = `http://127.0.0.1:${String(port).trim()}`;
    Object.assign(process.env, {
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_SESV2: endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    });
    const marshallOptions = { removeUndefinedValues: true };
    const table = dynamoTable(DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions }), 'bench');
    const registrations = registrationStore(table);
    const mailer = sesMailer();
    const words = renderTemplate(TEMPLATE);
    const composer = compose(SETTINGS);
    const mail = () =>
      composer('announcement', {
        mailKey: '6@m0',
        event,
        row,
        place: undefined,
        template: words,
        before: undefined,
        bringsJoining: false,
        tested: undefined,
        attempt: 1,
        notAfter: EPOCH + 86_400,
        now: EPOCH,
      });
    const send = async () => {
      const entry = writeDelivery({ state: 'claimed', epoch: EPOCH, attempt: 1, owner: 'abcdef' });
      await registrations.claim(row, { mailKey: '6@m0', entry, raisesSequence: false, when: [] });
      await mailer.send(mail());
      await registrations.revise(row, (current) => ({ row: { ...current, sequence: current.sequence + 1 } }));
    };
    for (let n = 0; n < WARM_UP; n++) await send();
    const whole = await cpuOf(send);
    const written = await cpuOf(async () => void mail());
    mailer.close();
    return {
      title: 'Writing a mail with an organiser’s own words, of all a processor does to send it',
      figures: [
        noted('CPU of a send', `${(whole / 1000).toFixed(2)} ms`),
        noted('… of which writing the mail', `${(written / 1000).toFixed(2)} ms`),
        atMost('share', (written / whole) * 100, 5, ' %'),
      ],
    };
  } finally {
    stub.kill();
  }
}

/** Microseconds of processor time for one, over many. */
async function cpuOf(act: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < MAILS; n++) await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MAILS;
}

const TEMPLATE = {
  subject: 'News about {{event}}',
  body: 'Dear {{name}},\n\nthere is **news** about {{event}} on {{when}}.\n\n{{#recordingLink}}\nWatch it [here]({{recordingLink}}).\n{{/recordingLink}}\n\n- See your place: {{manageLink}}\n- Read more: {{eventLink}}\n\n{{organiser}}',
};
const SETTINGS: Parameters<typeof compose>[0] = {
  site: { name: 'Rollcall', url: 'https://events.example.org' },
  linkKeys: new Map([['k1', 'a key that signs the links of a benchmark, long enough']]),
  reach: { mode: 'live', allowList: [] },
  sender: 'events@example.org',
  configurationSets: { service: 'service', optional: 'optional', urgent: 'urgent' },
};
const anEvent = () =>
  NewEvent.parse({
    title: 'Tackling Serious and Organised Crime in the UK',
    format: 'online',
    startsAt: '2027-02-18T09:30',
    endsAt: '2027-02-18T13:00',
    timeZone: 'Europe/London',
    place: 'Webinar',
    organiser: { name: 'Events', email: 'events@example.org' },
  });
