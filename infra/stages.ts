import type { StageSettings } from './stage.ts';

const HOUR = 3600;

/** The waits the delivery contract was tested with: change them only with the simulation at hand. */
const timings: StageSettings['timings'] = {
  claimGrace: 75,
  slotWait: 40,
  sweepAfter: 120,
  alreadyRegisteredEvery: 600,
  confirmWithin: 86_400,
  receiptsSettle: 60,
  lateTakeOver: 1800,
  stalled: 300,
  planAfter: 120,
  startAfter: 120,
  dayScaleGap: 12 * HOUR,
  hourScaleGap: 900,
  noticeWait: 300,
  noticeLongest: 900,
  noticeNear: HOUR,
  askAgain: 50,
  askRecipientAgain: 600,
  guardFresh: 1,
  callWithin: 1.5,
};

/** What SQS asks for. Enough for whoever is busy for moments only, and for the lanes of an account that sends slowly. */
const AT_LEAST: StageSettings['workers'] = {
  sendNow: 2,
  sendTimed: 2,
  sendBulk: 2,
  runCampaigns: 2,
  admit: 2,
  receipts: 2,
  jobs: 2,
};

/**
 * The one file to edit before a deploy: everything that differs between stages. `stage.ts` says what each setting means;
 * a value that cannot be right stops `cdk synth` with a sentence that names it.
 */
export const stages: Record<string, StageSettings> = {
  /** The AWS emulator of `npm start`; its account is none of Amazon's, so this stage cannot be deployed there by mistake. */
  local: {
    account: '000000000000',
    mail: { mode: 'live', allowList: [], sender: 'Rollcall <events@example.org>', identity: 'domain', sandbox: false },
    site: {
      name: 'Rollcall',
      organiser: { name: 'Rollcall Events', email: 'organiser@example.org' },
      corsOrigins: ['http://localhost:8080'],
      retentionDays: 90,
    },
    budgets: {
      address: { limit: 20, seconds: HOUR },
      ipPrefix: { limit: 10_000, seconds: HOUR },
      event: { limit: 20_000, seconds: HOUR },
      overall: { limit: 50_000, seconds: HOUR },
    },
    // Tests and tools ask for more in a minute than people do.
    apiRates: {
      read: { limit: 100_000, seconds: 60 },
      act: { limit: 100_000, seconds: 60 },
      mail: { limit: 100_000, seconds: 60 },
      send: { limit: 100_000, seconds: 60 },
    },
    timings,
    throttles: { site: { rate: 1000, burst: 2000 }, registration: { rate: 500, burst: 1000 } },
    tableCeiling: { reads: 4000, writes: 4000 },
    concurrency: 1000,
    workers: { ...AT_LEAST, sendNow: 5, sendTimed: 4, sendBulk: 4, runCampaigns: 6, admit: 5 },
    pacing: { rate: 50 },
    logRetentionDays: 1,
    alarms: { runbook: 'docs/runbook.md' },
    removal: 'destroy',
  },

  /** Somebody's own account, to try things out: mail goes to the people who work on it. */
  dev: {
    mail: {
      mode: 'allow-list',
      allowList: ['@example.org'],
      sender: 'Rollcall (dev) <events@dev.example.org>',
      identity: 'domain',
      sandbox: true,
    },
    site: {
      name: 'Rollcall (dev)',
      organiser: { name: 'Rollcall Events', email: 'organiser@example.org' },
      corsOrigins: [],
      retentionDays: 30,
    },
    budgets: {
      address: { limit: 5, seconds: HOUR },
      ipPrefix: { limit: 200, seconds: HOUR },
      event: { limit: 500, seconds: HOUR },
      overall: { limit: 1000, seconds: HOUR },
    },
    timings,
    throttles: { site: { rate: 50, burst: 100 }, registration: { rate: 10, burst: 20 } },
    tableCeiling: { reads: 500, writes: 500 },
    concurrency: 10,
    workers: { ...AT_LEAST, sendNow: 3 },
    pacing: {},
    logRetentionDays: 14,
    alarms: { email: 'operations@example.org', runbook: 'docs/runbook.md' },
    removal: 'destroy',
  },

  /** The real thing. It goes out with addresses of your own only, and writes to nobody before `mode` is `live`. */
  prod: {
    mail: {
      mode: 'simulator',
      allowList: [],
      sender: 'Rollcall <events@example.org>',
      identity: 'domain',
      // As for every new account. Once Amazon has lifted it: false.
      sandbox: true,
    },
    site: {
      name: 'Rollcall',
      organiser: { name: 'Rollcall Events', email: 'organiser@example.org' },
      corsOrigins: [],
      retentionDays: 90,
    },
    budgets: {
      address: { limit: 5, seconds: HOUR },
      ipPrefix: { limit: 300, seconds: HOUR },
      event: { limit: 3000, seconds: HOUR },
      overall: { limit: 10_000, seconds: HOUR },
    },
    timings,
    throttles: { site: { rate: 200, burst: 400 }, registration: { rate: 50, burst: 250 } },
    tableCeiling: { reads: 2000, writes: 2000 },
    // What a new account has. Once yours has more, say so, and give `sendTimed` and `sendBulk` four.
    concurrency: 10,
    workers: { ...AT_LEAST, sendNow: 3 },
    pacing: {},
    logRetentionDays: 90,
    alarms: { email: 'operations@example.org', runbook: 'docs/runbook.md' },
    removal: 'retain',
  },
};
