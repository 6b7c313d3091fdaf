import type { Item, Range, Table } from './table.ts';

/** All items of a range that is known to be small: DynamoDB may end a page before its end, and says so. */
export async function allPages(table: Pick<Table, 'query'>, range: Range): Promise<Item[]> {
  const items: Item[] = [];
  let after: Range['after'];
  do {
    const page = await table.query({ ...range, after });
    items.push(...page.items);
    after = page.after;
  } while (after);
  return items;
}
