import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, isFree, portFrom, requirePort } from '#tools/local/ports.ts';

test('a taken port is named together with the variable that moves it', async () => {
  const port = await freePort();
  const holder = createServer().listen({ host: '127.0.0.1', port });
  await once(holder, 'listening');
  await expect(requirePort(port, 'the site', 'ROLLCALL_SITE_PORT')).rejects.toThrow(
    new RegExp(`Port ${port} \\(the site\\) is taken.*ROLLCALL_SITE_PORT=`),
  );
  holder.close();
  await once(holder, 'close');
  expect(await isFree(port)).toBe(true);
});

test('a port comes from its variable, or is the usual one', () => {
  expect(portFrom({ P: '3100' }, 'P', 3000)).toBe(3100);
  expect(portFrom({ P: '' }, 'P', 3000)).toBe(3000);
  expect(portFrom({}, 'P', 3000)).toBe(3000);
});

test.each(['eighty', '0', '65536', '30.5'])('%s is no port', (text) => {
  expect(() => portFrom({ ROLLCALL_AWS_PORT: text }, 'ROLLCALL_AWS_PORT', 4566)).toThrow(/ROLLCALL_AWS_PORT is "/);
});
