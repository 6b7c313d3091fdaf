const MOST = 1000;

/**
 * The same answers, each reckoned once: for pure functions whose few arguments come again and again, such as the times of
 * one event in thousands of mails. Of more than a thousand answers the oldest are forgotten.
 */
export function remembered<Args extends readonly (string | boolean)[], Result>(
  reckon: (...args: Args) => Result,
): (...args: Args) => Result {
  const known = new Map<string, Result>();
  return (...args) => {
    const key = args.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = reckon(...args);
    const [oldest] = known.keys();
    if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
    known.set(key, result);
    return result;
  };
}
