import { createServer } from 'node:net';
import { Failure } from './failure.ts';

const LOOPBACK = '127.0.0.1';

/** Listens for a moment on a port of the loopback address; 0 asks for any free one. */
const tryPort = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

/** A port of the loopback address that nobody listens on. */
export const freePort = (): Promise<number> => tryPort(0);

export const isFree = (port: number): Promise<boolean> =>
  tryPort(port).then(
    () => true,
    () => false,
  );

/** Throws a sentence that names the port, what it is for and the variable that moves it, if somebody has it already. */
export const requirePort = async (port: number, purpose: string, variable: string): Promise<void> => {
  if (await isFree(port)) return;
  throw new Failure(
    `Port ${port} (${purpose}) is taken by another program: stop that one, or choose another port, for example ${variable}=${port + 10} npm start`,
  );
};

/** The port an environment variable names, or the usual one. */
export const portFrom = (env: Record<string, string | undefined>, variable: string, usual: number): number => {
  const text = env[variable];
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Failure(`${variable} is "${text}", but a port is a whole number from 1 to 65535.`);
};
