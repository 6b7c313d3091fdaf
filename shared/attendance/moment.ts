const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`,?[ t]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?:\.\d+)?\s*(?<half>[ap]\.?m)?`;

/** Days as reports write them. */
const FORMS = [
  String.raw`^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})`,
  String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{2,4})`,
  String.raw`^(?<month>\d{1,2})[/-](?<day>\d{1,2})[/-](?<year>\d{2,4})`,
  String.raw`^(?:[a-z]+,? )?(?<name>[a-z]{3})[a-z]*\.? (?<day>\d{1,2}),? (?<year>\d{4})`,
  String.raw`^(?:[a-z]+,? )?(?<day>\d{1,2}) (?<name>[a-z]{3})[a-z]*\.? (?<year>\d{4})`,
].map((day) => new RegExp(day + CLOCK));

/**
 * The moment a report writes down, in epoch seconds of a clock without a zone: good for telling how far two of one row lie
 * apart, and for nothing else. Undefined where it is none.
 */
export function momentIn(written: string): number | undefined {
  const text = written.trim().replace(/\s+/g, ' ').toLowerCase();
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return momentOf(groups);
  }
  return undefined;
}

function momentOf(groups: Record<string, string | undefined>): number | undefined {
  const part = (name: string) => Number(groups[name] ?? 0);
  const { name, half } = groups;
  const [first, second] = [name === undefined ? part('month') : MONTHS.indexOf(name) + 1, part('day')];
  // 18/11 has the day first; of 11/12 nobody knows, and both of a row are read alike.
  const [month, day] = first > 12 ? [second, first] : [first, second];
  const year = part('year') < 100 ? 2000 + part('year') : part('year');
  const hour = half === undefined ? part('hour') : (part('hour') % 12) + (half.startsWith('p') ? 12 : 0);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || part('minute') > 59) return undefined;
  return Date.UTC(year, month - 1, day, hour, part('minute'), part('second')) / 1000;
}
