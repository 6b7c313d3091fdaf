import { SESv2ServiceException } from '@aws-sdk/client-sesv2';
import type { Mail, Mailer, SendOutcome } from '#shared/mail/mailer.ts';
import { outcomeOf } from '#shared/mail/refusal.ts';
import type { Life } from './life.ts';
import { awsError, type Setting } from './setting.ts';

/** One call of SES, as SES and the caller saw it. */
export interface Call {
  readonly mail: Mail;
  readonly worker: string;
  /** When the worker started it, epoch milliseconds. */
  readonly startedAt: number;
  /** When its first byte reached SES; absent until then. */
  reachedAt?: number;
  accepted: boolean;
  /** It came back, for good or not. */
  bounced?: boolean;
  /** It came back for good, or was complained about. */
  isFinal?: boolean;
  /** What the caller learnt; absent while it waits, or where it died first. */
  learnt?: SendOutcome['is'];
  /** When the first of its receipts came to the receipts' queue. */
  receiptAt?: number;
}

export interface SesSettings {
  readonly rate: number;
  /** A receipt on its way to the receipts' queue. */
  readonly receipt: (body: string, arrived: () => void) => void;
  /** Every call, at the moment its first byte reaches SES. */
  readonly called: (call: Call) => void;
}

const SECOND = 1000;
const ANSWER_WITHIN = 10 * SECOND;
const CONNECT_WITHIN = 400;

/** SES with its moods, and the mailboxes behind it. */
export function simSes(setting: Setting, { rate, receipt, called }: SesSettings) {
  const { time, chance, faults, trace, violated } = setting;
  const calls: Call[] = [];
  let throttlingUntil = 0;
  let pausedUntil = 0;
  /** Identities that are not verified, and until when. */
  const unverified = new Map<string, number>();
  let quotaLeft = 50_000;
  let messages = 0;
  /** Tokens of the account's bucket, and when they were counted. */
  let bucket = { tokens: rate, at: 0 };

  const refusal = ({ from, to }: Mail): Error | undefined => {
    const now = time.now();
    const failed = [from, to].filter((address) => now < (unverified.get(address) ?? 0));
    if (failed.length > 0) return serviceError('MessageRejected', 400, notVerified(failed));
    if (faults.strikes('SES throttles in a burst')) throttlingUntil = now + chance.between(200, 20_000);
    if (now < throttlingUntil && faults.active()) return serviceError('TooManyRequestsException', 429);
    if (now < pausedUntil) return serviceError('SendingPausedException', 400);
    if (quotaLeft <= 0) return serviceError('LimitExceededException', 400);
    if (faults.strikes('SES rejects the mail')) return serviceError('MessageRejected', 400);
    const tokens = Math.min(2 * rate, bucket.tokens + ((now - bucket.at) / SECOND) * rate);
    bucket = { tokens: tokens < 1 ? tokens : tokens - 1, at: now };
    return tokens < 1 ? serviceError('TooManyRequestsException', 429) : undefined;
  };

  /** What SES does with a mail that reached it. */
  const receive = (call: Call, answer: (outcome: SendOutcome, after: number) => void) => {
    const latency = faults.strikes('SES slow') ? chance.between(300, 5000) : chance.between(20, 120);
    call.reachedAt = time.now();
    const saidOf = (error: Error) => outcomeOf(error, call.mail);
    if (calls.push(call) && faults.strikes('SES never got it, reply lost'))
      return answer(saidOf(awsError('TimeoutError')), ANSWER_WITHIN);
    if (faults.strikes('stale socket')) return answer(saidOf(awsError('ECONNRESET')), 5);
    if (faults.strikes('SES 500, not taken')) return answer(saidOf(serviceError('InternalFailure', 500)), latency);
    called(call);
    const no = refusal(call.mail);
    if (no) return answer(saidOf(no), latency);
    quotaLeft -= 1;
    call.accepted = true;
    const messageId = `m${++messages}`;
    trace('SES', () => `takes ${messageId} ${JSON.stringify(call.mail.tags)}`);
    report(call, messageId, latency);
    if (faults.strikes('SES took it, reply lost')) return answer(saidOf(awsError('TimeoutError')), ANSWER_WITHIN);
    if (faults.strikes('SES 500, taken')) return answer(saidOf(serviceError('InternalFailure', 500)), latency);
    answer({ is: 'accepted', messageId }, latency);
  };

  /** Tells the default bus what became of a mail; best effort, no more. */
  const report = (call: Call, messageId: string, latency: number) => {
    const permanent = faults.strikes('mail bounces for good');
    const bounces = permanent || faults.strikes('mail bounces');
    const complains = !bounces && faults.strikes('complaint');
    call.bounced = bounces;
    call.isFinal = permanent || complains;
    const news = ['Send', bounces ? 'Bounce' : 'Delivery', ...(complains ? ['Complaint'] : [])];
    for (const [at, type] of news.entries()) {
      if (faults.strikes('receipt lost')) {
        trace('SES', () => `loses a receipt: ${type} of ${messageId}`);
        continue;
      }
      const early = faults.strikes('receipt before the reply') ? 1 : latency + chance.between(50, 3000);
      const late = faults.strikes('receipt late') ? chance.between(10, 600) * SECOND : 0;
      const body = receiptOf(call.mail, { type, messageId, time: time.now(), permanent });
      const arrive = () =>
        receipt(body, () => {
          call.receiptAt ??= time.now();
        });
      time.after(early + late + at * chance.between(0, 20_000), arrive);
      if (faults.strikes('receipt twice')) time.after(early + late + chance.between(1, 300) * SECOND, arrive);
    }
  };

  const mailerOf = (process: Life): Mailer => ({
    send: (mail) => {
      for (const [name, value] of Object.entries(mail.tags)) {
        if (!/^[\w-]{1,256}$/.test(name) || !/^[\w-]{1,256}$/.test(value))
          violated('SES would refuse a tag', mail.tags);
      }
      const call: Call = { mail, worker: process.name, startedAt: time.now(), accepted: false };
      return process.request(
        `SES ${mail.tags.campaign}@${mail.tags.occasion} ${mail.tags.registration}`,
        ({ resolve }) => {
          const connecting = chance.between(1, 40);
          if (faults.strikes('SES cannot be reached')) {
            const unreachable = Object.assign(awsError('TimeoutError', 'Socket timed out'), { syscall: 'connect' });
            time.after(CONNECT_WITHIN, () => resolve(outcomeOf(unreachable, mail)));
            return;
          }
          time.after(connecting, () =>
            receive(call, (outcome, after) =>
              time.after(Math.min(after, ANSWER_WITHIN), () => {
                call.learnt = outcome.is;
                trace(
                  'SES',
                  () => `answers ${process.name}: ${outcome.is} ${'reason' in outcome ? outcome.reason : ''}`,
                );
                resolve(outcome);
              }),
            ),
          );
        },
      );
    },
  });

  return {
    mailerOf,
    calls,
    /** The account's limits as GetAccount tells them. */
    account: () => ({ maxSendRate: rate, quotaLeft: Math.max(0, quotaLeft) }),
    pause(until: number): void {
      faults.note('SES account paused');
      pausedUntil = until;
    },
    /** Takes no mail from the sender, or in the sandbox to a recipient, until then. */
    unverify(address: string, until: number): void {
      unverified.set(address, until);
    },
    /** Only so many more mails until then. */
    limit(mails: number, until: number): void {
      faults.note('daily quota used up');
      quotaLeft = mails;
      time.at(until, () => {
        quotaLeft = 50_000;
      });
    },
  };
}

/** As SES words it. */
const notVerified = (failed: readonly string[]): string =>
  `Email address is not verified. The following identities failed the check in region EU-WEST-2: ${failed.join(', ')}`;

function serviceError(name: string, status: number, message = name): Error {
  const $metadata = { httpStatusCode: status };
  return new SESv2ServiceException({ name, message, $fault: status < 500 ? 'client' : 'server', $metadata });
}

/** As the rule's input transformer passes it on. */
function receiptOf(
  { tags }: Mail,
  { type, messageId, time, permanent }: { type: string; messageId: string; time: number; permanent: boolean },
): string {
  const lists = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  const bounceType = type === 'Bounce' ? (permanent ? 'Permanent' : 'Transient') : '';
  return JSON.stringify({ v: 1, type, time: new Date(time).toISOString(), messageId, bounceType, ...lists });
}
