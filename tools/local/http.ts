import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';

export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Listens on the loopback address only. */
export const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });

export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a request on as it came, its Host included: a signature covers that. */
export const forward = (target: string, request: IncomingMessage, body: Buffer): Promise<Reply> => {
  const { hostname, port } = new URL(target);
  return new Promise((resolve, reject) => {
    const onward = httpRequest(
      {
        hostname: hostname === 'localhost' ? '127.0.0.1' : hostname,
        port,
        method: request.method,
        path: request.url,
        headers: { ...withoutHop(request.headers), 'content-length': body.length },
      },
      (reply) => {
        readBody(reply).then(
          (content) => resolve({ status: reply.statusCode ?? 502, headers: withoutHop(reply.headers), body: content }),
          reject,
        );
      },
    );
    onward.once('error', reject);
    onward.end(body);
  });
};

const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header belongs to one connection only and is not sent on (RFC 9110 §7.6.1). */
export const isHopByHop = (name: string): boolean => HOP_BY_HOP.has(name.toLowerCase());

const withoutHop = <T extends Record<string, unknown>>(headers: T): T =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !isHopByHop(name))) as T;
