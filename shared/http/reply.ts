import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ApiKey } from '#shared/domain/api-key.ts';

/** A request as API Gateway hands it over; `caller` is whose API key opened the door. */
export type HttpEvent = APIGatewayProxyEventV2 & { caller?: ApiKey };
export type HttpResponse = APIGatewayProxyStructuredResultV2 & { headers: Record<string, string> };

type Headers = Readonly<Record<string, string>>;

/** A JSON answer. Header names are lower-case. */
export const reply = (statusCode: number, body: unknown, headers: Headers = {}): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export const ok = (body: unknown, headers: Headers = {}): HttpResponse => reply(200, body, headers);
export const accepted = (body: unknown, headers: Headers = {}): HttpResponse => reply(202, body, headers);
export const noContent = (): HttpResponse => ({ statusCode: 204, headers: {} });
export const created = (location: string, body: unknown, headers: Headers = {}): HttpResponse =>
  reply(201, body, { location, ...headers });

/** A file of comma-separated values (RFC 4180), to be kept under that name. */
export const csvFile = (body: string, name: string, headers: Headers = {}): HttpResponse => ({
  statusCode: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
    ...headers,
  },
  body,
});
