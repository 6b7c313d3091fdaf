import type { Endpoint } from '#tools/local/endpoint.ts';

/** What AWS answered: its status, its error's code where there is one, and the body. */
export interface RawAnswer {
  readonly status: number;
  readonly code?: string;
  readonly text: string;
}

/** Calls of an AWS API as they look on the wire, by the administrator: for services and mistakes that no client is here for. */
export function rawAws({ url, region }: Endpoint) {
  const ask = async (service: string, path: string, init: RequestInit): Promise<RawAnswer> => {
    const credential = `Credential=test/20260101/${region}/${service}/aws4_request`;
    const answer = await fetch(new URL(path, url), {
      ...init,
      headers: {
        ...init.headers,
        authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
      },
    });
    const text = await answer.text();
    const code = answer.headers.get('x-amzn-errortype') ?? /<Code>([^<]+)</.exec(text)?.[1] ?? typeIn(text);
    return { status: answer.status, text, ...(code && { code: code.replace(/^.*#/, '').replace(/:.*$/, '') }) };
  };
  return {
    /** An API whose action is a header and whose parameters are JSON: `DynamoDB_20120810.PutItem`. */
    json: (service: string, target: string, parameters: object) =>
      ask(service, '/', {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
        body: JSON.stringify(parameters),
      }),

    /** An API whose action is a method and a path. */
    rest: (service: string, method: string, path: string, body?: object) =>
      ask(service, path, { method, ...(body && { body: JSON.stringify(body) }) }),

    /** An API whose action and parameters are a form. */
    query: (service: string, parameters: Record<string, string>) =>
      ask(service, '/', { method: 'POST', body: new URLSearchParams(parameters) }),
  };
}

const typeIn = (text: string): string | undefined => /"__type":\s*"([^"]+)"/.exec(text)?.[1];
