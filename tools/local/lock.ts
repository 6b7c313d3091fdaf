import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import * as z from 'zod';
import { Failure } from './failure.ts';
import { freePort } from './ports.ts';

const Held = z.object({ port: z.number(), token: z.string(), siteUrl: z.string() });

/**
 * Makes sure that only one launcher works on a state directory. The file names a port on which the holder answers with
 * its token, so a crash leaves nothing that looks alive. Throws a sentence if somebody holds it.
 */
export const takeLock = async (file: string, siteUrl: string): Promise<{ release(): Promise<void> }> => {
  const holder = await readHolder(file);
  if (holder) {
    throw new Failure(
      `Rollcall is running already: it is at ${holder.siteUrl}. Stop that one with Ctrl-C first, or give this one ports of its own (ROLLCALL_SITE_PORT, ROLLCALL_AWS_PORT, ROLLCALL_MAIL_PORT).`,
    );
  }
  const token = randomUUID();
  const port = await freePort();
  const server = createServer((socket) => socket.end(token));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  server.unref();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ port, token, siteUrl }));
  return {
    async release() {
      server.close();
      await rm(file, { force: true });
    },
  };
};

const readHolder = async (file: string): Promise<z.infer<typeof Held> | undefined> => {
  const held = await readFile(file, 'utf8').then(
    (text) => Held.safeParse(jsonIn(text)),
    () => undefined,
  );
  return held?.success && (await answerAt(held.data.port)) === held.data.token ? held.data : undefined;
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const answerAt = (port: number): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.once('timeout', () => socket.destroy());
    socket.once('error', () => resolve(''));
    socket.once('close', () => resolve(text));
  });
