import type { Item } from '#shared/store/table.ts';
import { personalIn } from './canary.ts';
import type { Gone } from './gone.ts';
import { type History, isRow } from './history.ts';
import { whose } from './traces.ts';

interface Wrong {
  readonly what: string;
  readonly item: unknown;
}

/** What an end leaves of people who are nobody any more, and of anybody where it has no business to be. */
export function remains(past: History, { isNobody }: Gone): Wrong[] {
  return past
    .items(() => true)
    .flatMap((item): Wrong[] => {
      const id = whose(item);
      if (id !== undefined && isNobody(id)) return [{ what: 'something is left of somebody who is gone', item }];
      const found = personalIn(JSON.stringify(item));
      if (found.length === 0 || isTheirs(item, found)) return [];
      return [{ what: 'something of a person where nobody looks for it', item }];
    });
}

/** Where they were, for as long as somebody there may object. */
const leftBy = ({ left = {} }: Item): string[] =>
  Object.values(left as object).map((text) => String(text).split('|').at(-1) ?? '');

/** Whether somebody who is there says this of themselves, where they are. */
function isTheirs(item: Item, found: readonly string[]): boolean {
  if (isRow(item)) return found.every((each) => [item.name, item.email, item.newEmail, ...leftBy(item)].includes(each));
  return item.sk !== 'ADDR' && whose(item) !== undefined;
}
