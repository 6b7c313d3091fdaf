/** What a path says in the place of each name of its template; undefined where it is the path of something else. */
export function pathParametersOf(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.replace(/\/$/, '').split('/')];
  const isIt = wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i]);
  if (!isIt) return undefined;
  return Object.fromEntries(
    wanted.flatMap((part, i) => (part.startsWith('{') ? [[part.slice(1, -1), given[i] ?? '']] : [])),
  );
}
