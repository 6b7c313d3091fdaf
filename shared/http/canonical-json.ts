/** JSON in one spelling: whoever sends the same fields in another order says the same. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value)) ?? '';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // Pairs, for an object would put names like "7" first again.
  return { fields: fields.map(([name, each]) => [name, sorted(each)]) };
}
