import { broughtBy } from './bring-joining.ts';
import { alsoOwing } from './change-registration.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** The row with this entry, or with none. */
export function withEntry(row: Registration, mailKey: string, entry: string | undefined): Registration {
  const { [mailKey]: _, ...others } = row.deliveries;
  return { ...row, deliveries: entry === undefined ? others : { ...others, [mailKey]: entry } };
}

/** The row without what a mail brought along that never went: it is owed by itself, and told why not where it need not go. */
export function withoutLoad(row: Registration, { mailKey, now }: { mailKey: string; now: Epoch }): Registration {
  const gone = broughtBy(mailKey, row.deliveries);
  const without = gone.reduce((each, key) => withEntry(each, key, undefined), row);
  return alsoOwing(without, { mailKeys: gone, now })?.row ?? without;
}
