/** What stops whoever made a slip in `stages.ts`, with its place; undefined where the error is of somewhere else. */
export function unreadable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, line] = /[/\\]infra[/\\]stages\.ts:(\d+)/.exec(error.stack ?? '') ?? [];
  if (!line && error.name !== 'SyntaxError') return undefined;
  const [what = ''] = error.message.split('\n');
  return `infra/stages.ts cannot be read${line ? ` beyond line ${line}` : ''}: ${what}; correct it in infra/stages.ts.`;
}
