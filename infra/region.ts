import type { Stage } from './stage.ts';

/** Where the CDK goes, without a word, when nobody has said where. */
const FALLBACK = 'us-east-1';
/** The variables it takes a region from, as its command line reads them. */
const NAMED_BY = ['AWS_REGION', 'AMAZON_REGION', 'AWS_DEFAULT_REGION', 'AMAZON_DEFAULT_REGION'] as const;

/**
 * The sentence that stops a command which nobody told the region; undefined when it is the stage's or named by the
 * environment. A profile's is known by what the CDK found, unless that is where it goes anyhow: that one has to be said.
 */
export function regionUnsaid({ name, region }: Pick<Stage, 'name' | 'region'>, env: NodeJS.ProcessEnv) {
  const found = env['CDK_DEFAULT_REGION'] ?? FALLBACK;
  if (region || name === 'local' || found !== FALLBACK || NAMED_BY.some((variable) => env[variable])) return undefined;
  return `Stage ${name}: say in which region, or the CDK takes ${FALLBACK} without asking: set region in infra/stages.ts, or AWS_REGION.`;
}
