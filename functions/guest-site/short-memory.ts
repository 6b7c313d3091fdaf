/** What was read a moment ago. */
interface Entry<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

/**
 * Remembers what `read` gave for `ms` milliseconds: many visitors, one reading. A failure is forgotten at once, and so is
 * the oldest of more than `most` keys.
 */
export function shortMemory<T>(
  read: (key: string) => Promise<T>,
  { ms, most, now }: { ms: number; most: number; now: () => number },
): (key: string) => Promise<T> {
  const entries = new Map<string, Entry<T>>();
  return (key) => {
    const known = entries.get(key);
    if (known && now() < known.until) return known.value;
    const value = read(key);
    const entry = { until: now() + ms, value };
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return value;
  };
}
