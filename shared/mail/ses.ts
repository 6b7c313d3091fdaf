import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { patienceSignal } from '#shared/patience.ts';
import { bareAddress, mailboxHeader, readMailbox } from './mailbox.ts';
import type { Mail, Mailer } from './mailer.ts';
import { mimeOf } from './mime.ts';
import { outcomeOf } from './refusal.ts';

const CONNECT_WITHIN = 400;
const ANSWER_WITHIN = 10_000;

/**
 * SES v2 for one invocation. One attempt per mail: the SDK would otherwise send again after a lost reply, and no ledger
 * could see it. Fresh sockets: one that slept through a freeze looks like a lost reply. Once nobody waits for it any more no mail
 * leaves: a process that is thawed much later would send one that another worker has taken over by then.
 */
export function sesMailer({ answerWithin = ANSWER_WITHIN } = {}): Mailer & { close(): void } {
  const agent = { keepAlive: true, maxSockets: 64 };
  const client = new SESv2Client({
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_WITHIN,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    }),
  });
  return {
    async send(mail) {
      checkTags(mail.tags);
      const input = await inputOf(mail);
      try {
        const command = new SendEmailCommand(input);
        const ends = [AbortSignal.timeout(answerWithin), patienceSignal()].filter((signal) => !!signal);
        const { MessageId = '' } = await client.send(command, { abortSignal: AbortSignal.any(ends) });
        return { is: 'accepted', messageId: MessageId };
      } catch (error) {
        return outcomeOf(error, mail);
      }
    },
    close: () => client.destroy(),
  };
}

async function inputOf(mail: Mail): Promise<SendEmailCommandInput> {
  return {
    FromEmailAddress: mailboxHeader(readMailbox(mail.from)),
    Destination: { ToAddresses: [bareAddress(mail.to)] },
    ReplyToAddresses: [bareAddress(mail.replyTo)],
    ConfigurationSetName: mail.configurationSet,
    EmailTags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
    Content: mail.calendar ? { Raw: { Data: await mimeOf(mail) } } : { Simple: simpleOf(mail) },
  };
}

const simpleOf = ({ subject, html, text, headers }: Mail) => ({
  Subject: { Data: subject, Charset: 'UTF-8' },
  Body: { Html: { Data: html, Charset: 'UTF-8' }, Text: { Data: text, Charset: 'UTF-8' } },
  Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
});

function checkTags(tags: Mail['tags']): void {
  for (const [name, value] of Object.entries(tags)) {
    if (!/^[\w-]{1,256}$/.test(name) || !/^[\w-]{1,256}$/.test(value)) throw new Error(`Not an SES tag: ${name}`);
  }
}
