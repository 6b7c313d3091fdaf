import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resourcesOf, serviceOf } from './synthesised.ts';

const functions = Object.values(resourcesOf('prod', 'AWS::Lambda::Function')).map(({ Properties }) => Properties);

/** What a function insists on finding in its environment when it starts. */
function readBy(folder: string): string[] {
  const files = readdirSync(join('functions', folder), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('functions', folder, file), 'utf8'));
  const configs = sources.flatMap((source) =>
    source
      .split('readConfig({')
      .slice(1)
      .map((rest) => rest.split(/\n?\}\)/)[0] ?? ''),
  );
  return configs.flatMap((config) =>
    [...config.matchAll(/\b([A-Z][A-Z_]+): (?:z\.|json\()/g)].map(([, name]) => name ?? ''),
  );
}

test.each(functions.map((fn) => [serviceOf(fn), fn] as const))(
  '%s is given what it reads when it starts',
  (service, fn) => {
    const read = readBy(service);
    expect(read).not.toHaveLength(0);
    expect(Object.keys(fn.Environment.Variables)).toEqual(expect.arrayContaining(read));
  },
);
