import type { StageSettings } from './stage.ts';

/** The names that stand in `stages.ts` as it is delivered (RFC 2606 §3): nobody can be written to there, nor verify them. */
const EXAMPLE = /(?:^|[@./])example\.(?:com|net|org)(?![\w@-]|\.\w)/i;

/**
 * The sentence that stops a deploy of settings that are still somebody else's examples; undefined when all are one's own.
 * The local stage may keep them: its mail goes nowhere.
 */
export function placeholders(name: string, settings: StageSettings): string | undefined {
  if (name === 'local') return undefined;
  const { alarms, mail, site } = settings;
  const found = [...examplesIn('mail', mail), ...examplesIn('site', site), ...examplesIn('alarms', alarms)];
  if (found.length === 0) return undefined;
  const last = found.at(-1);
  const all = found.length > 1 ? `${found.slice(0, -1).join(', ')} and ${last} are` : `${last} is`;
  return `Stage ${name}: ${all} still an example of example.org; put in your own in infra/stages.ts.`;
}

/** The paths of all strings below a setting that name an example. */
function examplesIn(path: string, value: unknown): string[] {
  if (typeof value === 'string') return EXAMPLE.test(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => examplesIn(`${path}.${key}`, each));
}
