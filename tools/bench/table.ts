/** One measured figure beside what it may be at most. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** Empty where the figure is only for information. */
  readonly limit: string;
  readonly kept: boolean | undefined;
}

/** A figure that must not exceed its limit. */
export const atMost = (what: string, measured: number, limit: number, unit = ''): Figure => ({
  what,
  measured: shown(measured) + unit,
  limit: `≤ ${shown(limit)}${unit}`,
  kept: measured <= limit,
});

/** A figure that must be exactly this. */
export const exactly = (what: string, measured: number, wanted: number): Figure => ({
  what,
  measured: shown(measured),
  limit: `= ${shown(wanted)}`,
  kept: measured === wanted,
});

/** A figure without a limit. */
export const noted = (what: string, measured: string): Figure => ({ what, measured, limit: '', kept: undefined });

const shown = (figure: number): string => (Number.isInteger(figure) ? String(figure) : figure.toFixed(2));

/** The figures as lines of a table. */
export function tableOf(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ what, measured, limit, kept }) => [
    what,
    measured,
    limit,
    kept === undefined ? '' : kept ? 'ok' : 'TOO MUCH',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [title, ...rows.map((row) => `  ${line(row).trimEnd()}`)].join('\n');
}
