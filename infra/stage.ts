import * as z from 'zod';
import { Address, asWrittenTo, Sender } from './sender.ts';
import { CertificateArn, HostName, Origin, Region, TopicArn, WebPage } from './stage-values.ts';

/** How long one run of `send` may take, in seconds: a claim's grace has to outlast it. */
export const SEND_TIMEOUT = 60;

/**
 * How long `send` may wait for its turn: the slots it is then given lie up to 3 s ahead and take up to 2 s, SES answers
 * within 10 s, and what it said is written down, all before the function's time is over.
 */
const LONGEST_WAIT = SEND_TIMEOUT - (3 + 2 + 10 + 5);

const seconds = z.number().positive();
const wholeSeconds = z.int().positive();
const Budget = z.strictObject({ limit: z.int().positive(), seconds: wholeSeconds });
const Throttle = z.strictObject({ rate: z.number().positive(), burst: z.int().positive() });
/** What SQS may be told (Lambda, "ScalingConfig": MaximumConcurrency is 2 to 1000; read in November 2026). */
const AtOnce = z.int().min(2, 'must be at least 2').max(1000, 'must be at most 1000');
const Name = z.string().regex(/^[^\p{Cc}]{1,200}$/u, { error: 'must be 1 to 200 characters on one line' });
/** As people's addresses are kept, which it is compared with: small letters, the host in ASCII. */
const Allowed = z
  .string()
  .overwrite((text) => asWrittenTo(text) ?? '')
  .refine((text) => text.startsWith('@') || Address.safeParse(text).success, {
    error: 'must be an address or an @domain such as @your.domain',
  });

/** Every wait of the delivery contract, in seconds. */
const Timings = z.strictObject({
  claimGrace: seconds.gt(SEND_TIMEOUT, `must be longer than a run of send takes, ${SEND_TIMEOUT} s`),
  slotWait: seconds.max(
    LONGEST_WAIT,
    `must be at most ${LONGEST_WAIT} s: its mails must be answered within a run of send`,
  ),
  sweepAfter: seconds,
  alreadyRegisteredEvery: seconds,
  confirmWithin: seconds,
  receiptsSettle: seconds,
  lateTakeOver: seconds,
  stalled: seconds,
  planAfter: seconds,
  dayScaleGap: seconds,
  hourScaleGap: seconds,
  noticeWait: seconds,
  noticeLongest: seconds,
  noticeNear: seconds,
  startAfter: seconds,
  askAgain: seconds,
  askRecipientAgain: seconds,
  guardFresh: seconds.max(1, 'must be at most 1 s: the stop button promises it'),
  callWithin: seconds.max(1.5, 'must be at most 1.5 s: the stop button promises it'),
});

/** Everything that differs from one stage to another. `stages.ts` holds the values. */
export const StageSettings = z.strictObject({
  /** The AWS account this stage may be deployed to, and no other; left out: whichever is signed in. */
  account: z
    .string()
    .regex(/^\d{12}$/, { error: 'must be twelve digits' })
    .optional(),
  /** The region this stage may be deployed to, and no other; left out: whichever is named when it is deployed. */
  region: Region.optional(),
  mail: z.strictObject({
    /** `simulator`: nothing leaves. `allow-list`: only to `allowList`. `live`: to everybody. */
    mode: z.enum(['simulator', 'allow-list', 'live']),
    /** Addresses, or domains as `@example.org`. */
    allowList: z.array(Allowed),
    /** `Acme, Inc. <events@acme.example>`: the name as people are to read it, and the address. */
    sender: Sender,
    /**
     * What to verify with SES: the sender's `domain` (DNS records that the deploy prints), its `address`, or nothing, when one
     * `exists`: an account has each identity once in a region, so of two stages with one sender only one verifies it.
     */
    identity: z.enum(['domain', 'address', 'exists']),
    /** Whether the account is in SES's sandbox, as every new one is: it writes to verified addresses only. */
    sandbox: z.boolean({ error: 'must be true or false: whether the account is in SES’s sandbox' }),
    /** Where bounces go, so that SPF speaks for the sender's domain: a name below it that has no mail of its own. */
    mailFrom: z.hostname({ error: 'must be a name below the domain of the sender' }).optional(),
  }),
  site: z.strictObject({
    name: Name,
    organiser: z.strictObject({ name: Name, email: Address }),
    privacyUrl: WebPage.optional(),
    /** Where people reach the site when that is not the API's own address: behind a CDN, say. */
    siteUrl: Origin.optional(),
    /** A host name for the API, with its certificate in the same region. Set it before the first mail: links keep their host. */
    domain: z.strictObject({ name: HostName, certificateArn: CertificateArn }).optional(),
    /** Origins that may post a registration from their own pages. */
    corsOrigins: z.array(Origin),
    /** Days after an event's end until its people are purged, unless the event says otherwise. */
    retentionDays: z.int().min(1).max(3650),
  }),
  /** Beyond `address` mail is dropped; beyond the others it is delayed. */
  budgets: z.strictObject({ address: Budget, ipPrefix: Budget, event: Budget, overall: Budget }),
  /** How often one API key may ask, where that is to be otherwise than built in: see `shared/domain/api-rates.ts`. */
  apiRates: z.strictObject({ read: Budget, act: Budget, mail: Budget, send: Budget }).partial().optional(),
  timings: Timings,
  /** Requests a second; `registration` for the two routes that take one. */
  throttles: z.strictObject({ site: Throttle, registration: Throttle }),
  /** Request units a second that the table and each index may cost at most. */
  tableCeiling: z.strictObject({ reads: z.int().positive(), writes: z.int().positive() }),
  /** How many Lambdas the account may run at once in all: 10 where it is new, until AWS has raised it. */
  concurrency: z.int().min(10, 'must be at least 10, which every account has'),
  /**
   * At most so many of each run at once, and SQS asks for two at least. A worker of a lane waits for the turn of its mails, so
   * that the lanes keep all of theirs busy for long: three are to be left for the site and whoever is busy for moments only,
   * who may find none free now and then and are tried again.
   */
  workers: z.strictObject({
    sendNow: AtOnce,
    sendTimed: AtOnce,
    sendBulk: AtOnce,
    runCampaigns: AtOnce,
    admit: AtOnce,
    receipts: AtOnce,
    jobs: AtOnce,
  }),
  /** `rate`: mails a second, less a margin, where SES is not to be asked what the account may send. */
  pacing: z.strictObject({ rate: z.number().positive().optional() }),
  logRetentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
  alarms: z.strictObject({
    /** Who is written to, or a topic that already exists. */
    email: z.email().optional(),
    topicArn: TopicArn.optional(),
    /** Where the alarms' links to the runbook lead: the address at which whoever is paged reads it. */
    runbook: z.string().min(1).max(500, 'must be at most 500 characters long'),
  }),
  /**
   * What becomes of table, secrets, files and logs when the stack goes. `retain`: they stay, unless the deploy that made them
   * failed. `protect`, once the first deploy has succeeded: moreover neither the stack nor the table can be deleted.
   */
  removal: z.enum(['protect', 'retain', 'destroy']),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** A stage's checked settings under its name. */
export interface Stage extends StageSettings {
  readonly name: string;
}
