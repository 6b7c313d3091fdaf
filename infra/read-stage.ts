import type * as z from 'zod';
import { contradiction } from './contradiction.ts';
import { tooManyWorkers } from './lane-workers.ts';
import { type Stage, StageSettings } from './stage.ts';
import { isOrigin } from './stage-values.ts';
import { stages } from './stages.ts';

/** Something in `stages.ts` or on the command line that cannot be right. Its message is one sentence for whoever typed it. */
export class StageMistake extends Error {
  override readonly name = 'StageMistake';
}

/** What `-c` on the command line may say, and where the CDK goes if the stage does not say where. */
export interface StageContext {
  readonly stage?: unknown;
  readonly timings?: unknown;
  readonly siteUrl?: unknown;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** The waits that `-c timings=` shortens. How fresh a guard is and how soon its call starts are promises, never scaled. */
const SCALED = [
  'claimGrace',
  'sweepAfter',
  'alreadyRegisteredEvery',
  'confirmWithin',
  'receiptsSettle',
  'lateTakeOver',
  'stalled',
  'planAfter',
  'startAfter',
  'dayScaleGap',
  'hourScaleGap',
  'noticeWait',
  'noticeLongest',
  'noticeNear',
  'askAgain',
  'askRecipientAgain',
] as const;

/** Functions, queues and configuration sets are named after it, the longest in 64 characters. */
const STAGE_NAME = /^[a-z][a-z0-9-]{0,29}$/;

/** The settings of the stage named by `-c stage=`, checked; throws a `StageMistake`. */
export function readStage(
  { stage, timings, siteUrl, ...signedIn }: StageContext,
  all: Record<string, unknown> = stages,
): Stage {
  const known = Object.keys(all);
  // None is the default: what a command does to an account should be read off the command.
  if (stage === undefined)
    throw new StageMistake(
      `Say which stage: add -c stage=… with ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, as infra/stages.ts has them.`,
    );
  const name = String(stage);
  if (!Object.hasOwn(all, name))
    throw new StageMistake(`There is no stage ${JSON.stringify(name)}: use -c stage=${known.join(', -c stage=')}.`);
  if (!STAGE_NAME.test(name))
    throw new StageMistake(
      `The stage ${JSON.stringify(name)} cannot be called so: a name has at most 30 characters of a–z, 0–9 and -, a letter first; correct it in infra/stages.ts.`,
    );

  const parsed = StageSettings.safeParse(all[name]);
  if (!parsed.success) throw new StageMistake(mistakes(name, parsed.error));
  const settings = parsed.data;
  const doubt = contradiction(name, settings, signedIn) ?? tooManyWorkers(settings);
  if (doubt) throw new StageMistake(`Stage ${name}: ${doubt}; correct it in infra/stages.ts.`);

  return {
    ...settings,
    name,
    site: siteUrl === undefined ? settings.site : { ...settings.site, siteUrl: webAddress(siteUrl) },
    timings: timings === undefined ? settings.timings : scaled(name, settings.timings, timings),
  };
}

/** What became of settings of an earlier version. */
const REPLACED: Readonly<Record<string, string>> = Object.fromEntries(
  ['fanOut', 'startRun', 'planSchedules'].map((was) => [
    `workers.${was}`,
    ' any more: one worker does its work, workers.runCampaigns',
  ]),
);

function mistakes(stage: string, { issues }: z.ZodError): string {
  const all = issues.flatMap((issue) => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => {
        const unknown = [...issue.path, key].join('.');
        return `${printable(unknown)} is no setting${REPLACED[unknown] ?? ''}`;
      });
    if (field === '') return 'its settings are no record of them';
    if (issue.message.endsWith('received undefined')) return `${field} is missing`;
    return issue.message.startsWith('must ')
      ? `${field} ${issue.message}`
      : `${field} is wrong (${issue.message.replace(/^Invalid (input|option): /, '')})`;
  });
  // Whoever updates has the settings of the version before: what is new is told best by the difference.
  const howTo = all.length > 1 ? ' (git log -p infra/stages.ts shows what a version changed there)' : '';
  return `Stage ${stage}: ${all.join(', and ')}${howTo}; correct it in infra/stages.ts.`;
}

/** A word of somebody's own, whatever is in it, on the line it is named in. */
const printable = (word: string): string => (/^[\w.$-]+$/.test(word) ? word : JSON.stringify(word));

function scaled(stage: string, timings: Stage['timings'], factor: unknown): Stage['timings'] {
  const divisor = Number(/^1\/([1-9]\d{0,2})$/.exec(String(factor))?.[1]);
  if (!divisor) throw new StageMistake(`-c timings=${factor} is no fraction: write it like -c timings=1/30.`);
  if (stage !== 'local')
    throw new StageMistake(
      `-c timings= is for the local stage: in ${stage} it would break what the waits protect, so leave it out.`,
    );
  return { ...timings, ...Object.fromEntries(SCALED.map((wait) => [wait, timings[wait] / divisor])) };
}

function webAddress(value: unknown): string {
  const url = String(value).replace(/\/+$/, '');
  if (!isOrigin(url))
    throw new StageMistake(`-c siteUrl=${value} is no web address: write it like -c siteUrl=http://localhost:3000.`);
  return url;
}
