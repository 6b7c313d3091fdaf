import type { Context } from 'aws-lambda';
import type { Logger } from '#shared/logger.ts';

export interface TestRequest {
  readonly method?: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  /** The query as it was typed, in place of `query`. */
  readonly search?: string;
  readonly headers?: Record<string, string>;
  /** Anything but a string is sent as JSON. */
  readonly body?: unknown;
  readonly base64?: boolean;
}

/** A request as API Gateway's HTTP API (payload 2.0) hands it to a function. */
export function apiGatewayEvent({ method = 'GET', path, query, search, headers, body, base64 = false }: TestRequest) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: 'ANY /api/{proxy+}',
    rawPath: path,
    rawQueryString: search ?? new URLSearchParams(query).toString(),
    headers: { ...(text !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...((query || search) && { queryStringParameters: query ?? joined(search ?? '') }),
    pathParameters: { proxy: path.replace(/^\/api\//, '') },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.example.org',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: 'ANY /api/{proxy+}',
      stage: '$default',
      time: '23/Nov/2026:12:00:00 +0000',
      timeEpoch: Date.parse('2026-11-23T12:00:00Z'),
    },
    ...(text !== undefined && { body: base64 ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: base64 && text !== undefined,
  };
}

/** What is there twice comes as one, with commas (payload 2.0). */
function joined(search: string): Record<string, string> {
  const values = Map.groupBy(new URLSearchParams(search), ([name]) => name);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.map(([, value]) => value).join(',')]));
}

export const lambdaContext = {
  functionName: 'test',
  functionVersion: '1',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-2:000000000000:function:test',
  awsRequestId: 'invocation-1',
} as Context;

interface LogLine extends Record<string, unknown> {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** A log that keeps its lines for a test to read. */
export function recordedLog(): Logger & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const say =
    (level: LogLine['level']) =>
    (message: string, fields: object = {}) =>
      void lines.push({ ...fields, level, message });
  return { lines, info: say('info'), warn: say('warn'), error: say('error') };
}
