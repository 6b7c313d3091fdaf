import * as z from 'zod';
import { type Stage, StageSettings } from './stage.ts';
import { stages } from './stages.ts';

/** Something in `stages.ts` or on the command line that cannot be right. Its message is one sentence for whoever typed it. */
export class StageMistake extends Error {
  override readonly name = 'StageMistake';
}

/** What `-c` on the command line may say. */
export interface StageContext {
  readonly stage?: unknown;
  readonly timings?: unknown;
  readonly siteUrl?: unknown;
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
] as const;

/** The settings of the stage named by `-c stage=` (`local` unless named), checked; throws a `StageMistake`. */
export function readStage(
  { stage = 'local', timings, siteUrl }: StageContext,
  all: Record<string, unknown> = stages,
): Stage {
  const name = String(stage);
  if (!Object.hasOwn(all, name))
    throw new StageMistake(`There is no stage "${name}": use -c stage=${Object.keys(all).join(', -c stage=')}.`);

  const parsed = StageSettings.safeParse(all[name]);
  if (!parsed.success) throw new StageMistake(mistakes(name, parsed.error));
  const settings = parsed.data;
  const doubt = contradiction(name, settings);
  if (doubt) throw new StageMistake(`Stage ${name}: ${doubt}; correct it in infra/stages.ts.`);

  return {
    ...settings,
    name,
    site: siteUrl === undefined ? settings.site : { ...settings.site, siteUrl: webAddress(siteUrl) },
    timings: timings === undefined ? settings.timings : scaled(name, settings.timings, timings),
  };
}

function mistakes(stage: string, { issues }: z.ZodError): string {
  const all = issues.map(({ path, message, code, ...issue }) => {
    const field = [...path, ...(code === 'unrecognized_keys' && 'keys' in issue ? issue.keys.slice(0, 1) : [])].join(
      '.',
    );
    if (code === 'unrecognized_keys') return `${field} is no setting`;
    return message.startsWith('must ')
      ? `${field} ${message}`
      : `${field} is wrong (${message.replace(/^Invalid (input|option): /, '')})`;
  });
  return `Stage ${stage}: ${all.join(', and ')}; correct it in infra/stages.ts.`;
}

/** What is wrong between settings that are each right by themselves. */
function contradiction(name: string, { mail, site, alarms, removal }: StageSettings): string | undefined {
  const real = name !== 'local';
  const placeholder = [
    ['mail.sender', mail.sender.replace(/>$/, '')],
    ['site.organiser.email', site.organiser.email],
    ['alarms.email', alarms.email ?? ''],
  ].find(([, value]) => /[@.]example\.(org|com|net)$/.test(value ?? ''));
  if (real && mail.mode === 'live' && placeholder)
    return `${placeholder[0]} is still an example while mail.mode is "live"`;
  if (mail.mode === 'allow-list' && mail.allowList.length === 0)
    return 'mail.allowList is empty while mail.mode is "allow-list", so nobody could be written to';
  if (real && site.siteUrl?.startsWith('http:')) return 'site.siteUrl must begin with https://';
  if (name === 'prod' && removal !== 'retain') return 'removal must be "retain" in prod';
  if (name === 'prod' && !alarms.email && !alarms.topicArn)
    return 'alarms needs an email or a topicArn, or nobody is told';
  return undefined;
}

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
  const url = z.url({ protocol: /^https?$/ }).safeParse(value);
  if (!url.success)
    throw new StageMistake(`-c siteUrl=${value} is no web address: write it like -c siteUrl=http://localhost:3000.`);
  return url.data.replace(/\/+$/, '');
}
