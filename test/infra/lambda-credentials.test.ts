import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultProvider } from '#infra/constructs/lambda-credentials.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
});
afterEach(() => vi.unstubAllEnvs());

test('a Lambda finds its credentials in its environment', async () => {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
  expect(await defaultProvider()()).toEqual(credentials);
});

test('without a session they are complete too', async () => {
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' });
});

test('without credentials it says so instead of searching', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
  await expect(defaultProvider()()).rejects.toThrow('There are no credentials in the environment');
});
