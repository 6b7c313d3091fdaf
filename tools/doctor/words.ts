/** 1 mail, 2 mails, 12,000 mails. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

/** How long so many seconds are, as one says it: 40 s, 12 minutes, 3 hours, 2 days. Rounded down. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  for (const [size, name] of UNITS) {
    if (whole >= 2 * size || (whole >= size && whole % size === 0)) return counted(Math.floor(whole / size), name);
  }
  return whole < 120 ? `${whole} s` : counted(Math.floor(whole / 60), 'minute');
}

/** The first few of them, and how many more there are. */
export function some(items: readonly string[], most = 3): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ');
}

/** A moment to the minute, UTC: 2026-11-30 17:05. */
export const moment = (epoch: number): string => new Date(epoch * 1000).toISOString().slice(0, 16).replace('T', ' ');
