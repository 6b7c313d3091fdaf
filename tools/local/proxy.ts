import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { isHopByHop, listen } from './http.ts';

export interface ProxyOptions {
  readonly port: number;
  /** Where the emulator listens. */
  readonly gatewayPort: number;
  /** The API's own name, by which the emulator knows which API is meant. */
  readonly apiHost: string;
}

export interface SiteProxy {
  stop(): Promise<void>;
}

/** http://localhost:<port> in front of the HTTP API: what it adds is what API Gateway adds, and bodies pass untouched. */
export const startProxy = async ({ port, gatewayPort, apiHost }: ProxyOptions): Promise<SiteProxy> => {
  const server = createServer((request, response) => {
    const onward = httpRequest(
      {
        host: '127.0.0.1',
        port: gatewayPort,
        method: request.method,
        path: request.url,
        headers: onwardHeaders(request, apiHost, port),
      },
      (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.statusMessage, endToEnd(reply.rawHeaders).flat());
        reply.pipe(response);
        reply.once('error', () => response.destroy());
      },
    );
    onward.once('error', () => sayUnreachable(response));
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
  await listen(server, port);
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Raw headers (name, value, name, value …) as pairs, without those of this one connection. */
const endToEnd = (rawHeaders: readonly string[]): [string, string][] => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!isHopByHop(name)) pairs.push([name, value]);
  }
  return pairs;
};

/**
 * The caller's address goes into X-Forwarded-For, where the emulator reads sourceIp. A caller that sends one of its own
 * is believed, so that a test can be many people.
 */
const onwardHeaders = (request: IncomingMessage, apiHost: string, port: number): string[] => {
  const added: [string, string][] = [
    ['Host', apiHost],
    ['X-Forwarded-For', request.headers['x-forwarded-for']?.toString() ?? request.socket.remoteAddress ?? '127.0.0.1'],
    ['X-Forwarded-Port', String(port)],
    ['X-Forwarded-Proto', 'http'],
  ];
  const replaced = added.map(([name]) => name.toLowerCase());
  const kept = endToEnd(request.rawHeaders).filter(([name]) => !replaced.includes(name.toLowerCase()));
  const isStreamed = request.headers['transfer-encoding'] !== undefined;
  return [...added, ...kept, ...(isStreamed ? [['Transfer-Encoding', 'chunked']] : [])].flat();
};

const sayUnreachable = (response: ServerResponse): void => {
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '2' })
    .end(UNREACHABLE);
};

const UNREACHABLE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>The site is not answering</title>
<style>body { font: 1.1rem/1.5 system-ui; max-width: 34rem; margin: 15vh auto; padding: 0 1rem; color-scheme: light dark }</style>
<h1>The site is not answering</h1>
<p>The local AWS behind this address is starting or has stopped. This page tries again every two seconds.</p>
<p>The terminal in which <code>npm start</code> runs says what happened.</p>
</html>
`;
