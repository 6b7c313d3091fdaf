import { describe, expect, test } from 'vitest';
import { apiInputs, apiRoutes, fileInputs, SITE_ROUTES, siteInputs } from '#test/support/public-inputs.ts';
import { steep } from '#test/support/steep.ts';

/** It is work to do it all: a machine that is busy with other things takes its time. */
const WAIT = { timeout: 300_000 };

describe.each(SITE_ROUTES)('%s', (route) => {
  test('whatever anybody sends costs as much as it is long', WAIT, async () => {
    const inputs = await siteInputs(route);
    expect(inputs.length).toBeGreaterThan(30);
    expect(await steep(inputs)).toEqual([]);
  });
});

describe.each(await apiRoutes())('$method $path', (route) => {
  test('whatever the holder of a key sends costs as much as it is long', WAIT, async () => {
    const inputs = await apiInputs(route);
    expect(inputs.length).toBeGreaterThan(15);
    expect(await steep(inputs)).toEqual([]);
  });
});

test('a report that an organiser uploads costs as much as it is long, whatever its cells hold', WAIT, async () => {
  expect(await steep(fileInputs())).toEqual([]);
});

test('of what costs the square of its length, this says so', WAIT, async () => {
  let work = 0;
  const square = async (bytes: number) => {
    for (let n = 0; n < bytes * bytes; n++) work += n;
  };
  const straight = async (bytes: number) => {
    for (let n = 0; n < bytes * 10_000; n++) work += n;
  };
  const inputs = [
    { what: 'square', most: 20_000, send: square },
    { what: 'straight', most: 20_000, send: straight },
  ];
  expect(await steep(inputs)).toEqual([expect.stringContaining('square')]);
  expect(work).toBeGreaterThan(0);
});
