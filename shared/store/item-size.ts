/** Bytes of an item as DynamoDB counts them (Developer Guide, "DynamoDB item sizes and formats"). */
export function itemBytes(item: object): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(name) + valueBytes(value)),
    0,
  );
}

function valueBytes(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace('.', '').length / 2) + 1;
  if (value instanceof Set) return [...value].reduce((sum, each) => sum + valueBytes(each), 0);
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + valueBytes(each) + 1, 3);
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return entries.reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + valueBytes(each) + 1, 3);
  }
  throw new Error(`DynamoDB cannot hold a ${typeof value}`);
}

/** Write request units of an item: one for each started KB, twice that in a transaction. */
export const writeUnits = (bytes: number, inTransaction: boolean): number =>
  Math.max(1, Math.ceil(bytes / 1024)) * (inTransaction ? 2 : 1);
