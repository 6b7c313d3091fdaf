import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Refusal } from '#shared/domain/errors.ts';
import { atBody } from '#shared/http/fault.ts';
import { HttpRefusal, InvalidInput, PROBLEMS, problemUri, toProblem } from '#shared/http/problem.ts';

const bodyOf = (error: unknown) => {
  const { statusCode, headers, body = '' } = toProblem(error);
  return { statusCode, headers, body: JSON.parse(body) };
};

test('a refusal explains itself and names the field at fault', () => {
  expect(bodyOf(new Refusal('slug-taken', 'Another event has it', 'slug'))).toEqual({
    statusCode: 409,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: '/problems/slug-taken',
      title: 'The slug is taken',
      status: 409,
      detail: 'Another event has it',
      errors: [{ pointer: '#/slug', detail: 'Another event has it' }],
    },
  });
});

test('of many faults the detail tells the first and how many more there are', () => {
  const faults = ['a', 'b', 'c'].map((field) => atBody([field], 'No'));
  expect(bodyOf(new InvalidInput(faults)).body).toMatchObject({
    detail: '#/a: No (and 2 more)',
    errors: { length: 3 },
  });
});

test('a refusal of the edge brings its headers', () => {
  const error = new HttpRefusal('method-not-allowed', 'Only GET', { headers: { allow: 'GET' } });
  expect(bodyOf(error)).toMatchObject({ statusCode: 405, headers: { allow: 'GET' } });
});

test.each([
  new Error('ada@example.org is in TABLE-1'),
  'a string',
  undefined,
  { statusCode: 400, message: 'from a library' },
  Object.assign(new Error('secret'), { statusCode: 404 }),
])('anything else is ours, and says nothing: %s', (error) => {
  const { statusCode, body } = bodyOf(error);
  expect(statusCode).toBe(500);
  expect(body).toEqual({
    type: '/problems/internal-error',
    title: 'Our fault',
    status: 500,
    detail: 'Something went wrong on our side. Nothing is wrong with the request.',
  });
});

test('names of fields are escaped where they would be read as something else', () => {
  expect(atBody(['a/b', 'c~d', 0, 'e f#%', '\ud800'], 'No')).toMatchObject({
    pointer: '#/a~1b/c~0d/0/e%20f%23%25/%EF%BF%BD',
  });
});

test('every problem is explained in the documentation, with its status', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../docs/api/README.md'), 'utf8');
  const documented = [...text.matchAll(/^\| *`(\/problems\/[\w-]+)` *\| *(\d+) *\|/gm)].map(([, type, status]) => [
    type,
    Number(status),
  ]);
  const known = Object.entries(PROBLEMS).map(([code, { status }]) => [
    problemUri(code as keyof typeof PROBLEMS),
    status,
  ]);
  expect(documented.sort()).toEqual(known.sort());
});
