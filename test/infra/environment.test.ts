import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameOf, resourcesOf, serviceOf } from './synthesised.ts';

const functions = Object.values(resourcesOf('prod', 'AWS::Lambda::Function')).map(({ Properties }) => Properties);

/** What a function insists on finding in its environment when it starts; without some values it can do. */
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
    [...config.matchAll(/\b([A-Z][A-Z_]+): (?:z\.|json\().*$/gm)]
      .filter(([line]) => !/\.(optional|default)\([^()]*\),?$/.test(line))
      .map(([, name]) => name ?? ''),
  );
}

test.each(functions.map((fn) => [nameOf(fn), fn] as const))('%s is given what it reads when it starts', (_, fn) => {
  const read = readBy(serviceOf(fn));
  expect(read).not.toHaveLength(0);
  expect(Object.keys(fn.Environment.Variables)).toEqual(expect.arrayContaining(read));
});

test('a rate that the stage names goes to who sets the pace and to the lanes; else SES is asked', () => {
  const given = (stage: string) =>
    Object.values(resourcesOf(stage, 'AWS::Lambda::Function')).flatMap(({ Properties }) => {
      const { SEND_RATE, INITIAL_RATE } = Properties.Environment.Variables;
      return [SEND_RATE, INITIAL_RATE].flatMap((rate) => (rate === undefined ? [] : [`${nameOf(Properties)} ${rate}`]));
    });
  expect(given('local').sort()).toEqual(['send-bulk 50', 'send-now 50', 'send-timed 50', 'sweep 50']);
  expect(given('prod')).toEqual([]);
});
