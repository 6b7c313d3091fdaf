import middy, { type MiddlewareObj } from '@middy/core';
import type { Logger } from '#shared/logger.ts';
import { conditional } from './conditional.ts';
import { cors, isApi } from './cors.ts';
import { inTime } from './in-time.ts';
import { pageHeaders } from './page-headers.ts';
import type { PageRoute } from './page-route.ts';
import { pageRouter } from './page-router.ts';
import { toProblem } from './problem.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';
import { requestLog } from './request-log.ts';

export interface PagesOptions {
  /** What people see of an error: a page that may be shown to anybody. `sent` if they had sent something. */
  readonly errorPage: (error: unknown, sent: boolean) => HttpResponse;
  readonly logger: Logger;
  readonly routes: readonly PageRoute[];
  /** Pages of these origins may use the JSON twin of the form. */
  readonly corsOrigins: readonly string[];
  /** Milliseconds, for measuring. */
  readonly clock?: () => number;
}

/** A site of pages behind one edge: everything thrown becomes a page, in time, and each request one line of log. */
export function pages({ errorPage, logger, routes, corsOrigins, clock = () => performance.now() }: PagesOptions) {
  return middy<HttpEvent, HttpResponse>()
    .use(requestLog(logger, clock))
    .use(conditional())
    .use(pageHeaders())
    .use(cors(corsOrigins))
    .use(errors(errorPage))
    .use(lowerCaseHeaders())
    .handler(inTime(pageRouter(routes)));
}

/** People get a page, programs a problem. */
const errors = (errorPage: PagesOptions['errorPage']): MiddlewareObj<HttpEvent, HttpResponse> => ({
  onError: (request) => {
    const { event, error } = request;
    request.response = isApi(event) ? toProblem(error) : errorPage(error, event.requestContext.http.method === 'POST');
  },
});

/** API Gateway sends them so already; others that call us may not. */
const lowerCaseHeaders = (): MiddlewareObj<HttpEvent, HttpResponse> => ({
  before: ({ event }) => {
    event.headers = Object.fromEntries(
      Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
  },
});
