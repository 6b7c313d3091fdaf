import { expect, test } from 'vitest';
import { chance, Id, newId, randomWord, SHARDS, shardOf } from '#shared/domain/ids.ts';

const bytes =
  (...values: number[]) =>
  () =>
    Uint8Array.from(values);

test('an id is sixteen characters nobody confuses, 80 random bits', () => {
  const ids = Array.from({ length: 200 }, () => newId(chance));
  for (const id of ids) {
    expect(Id.parse(id)).toBe(id);
    expect(id).not.toMatch(/[ilou]/);
  }
  expect(new Set(ids).size).toBe(200);
});

test('every character is as likely as any other', () => {
  const all = randomWord(256, bytes(...Array(256).keys()));
  const counts = new Map<string, number>();
  for (const character of all) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect([counts.size, new Set(counts.values())]).toEqual([32, new Set([8])]);
});

test.each([
  '',
  'abc',
  '0123456789abcdeF',
  '0123456789abcdei',
  '0123456789abcdefg',
  '0123456789abcde\n',
  '../../../../etc/p',
])('%j is no id', (text) => {
  expect(Id.safeParse(text).success).toBe(false);
});

test('eight shards share registrations evenly, and one stays where it is', () => {
  const firsts = '0123456789abcdefghjkmnpqrstvwxyz';
  const shards = [...firsts].map((first) => shardOf(`${first}000000000000000`));
  for (let shard = 0; shard < SHARDS; shard++) expect(shards.filter((each) => each === shard)).toHaveLength(4);
  expect(shardOf('zabc')).toBe(shardOf('zxyz'));
});
