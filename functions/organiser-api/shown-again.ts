import type { RequestNote } from '#shared/domain/request-note.ts';
import { pathParametersOf } from '#shared/http/path-template.ts';
import { type HttpResponse, noContent } from '#shared/http/reply.ts';
import type { Route, RouteInput } from '#shared/http/route.ts';

interface Repeat {
  readonly route: Route;
  readonly routes: readonly Route[];
  readonly input: RouteInput;
  readonly known: RequestNote;
}

/**
 * The answer to a repeat: the first one's status, and what it made or changed as it is now. Nothing of the first answer is
 * kept, so nothing of it can be out of date, or shown to somebody it was erased for.
 */
export async function shownAgain({ route, routes, input, known }: Repeat): Promise<HttpResponse> {
  const { status = 200, location } = known;
  const again = route.spec.again ?? (route.method === 'DELETE' ? gone : (repeat: Repeated) => shown(routes, repeat));
  const { headers, ...answer } = await again({ ...input, location });
  return {
    ...answer,
    statusCode: status,
    headers: { ...headers, ...(location !== undefined && { location }), 'idempotent-replayed': 'true' },
  };
}

type Repeated = RouteInput & { readonly location?: string | undefined };

const gone = async () => noContent();

/** What stands at the address of the thing; of an order given to one, such as …/publish, the thing it is given to. */
async function shown(routes: readonly Route[], { event, location }: Repeated) {
  for (let path = location ?? event.rawPath; path.includes('/'); path = path.slice(0, path.lastIndexOf('/'))) {
    for (const { method, path: template, handler } of routes) {
      const pathParameters = method === 'GET' && pathParametersOf(template, path);
      if (!pathParameters) continue;
      const { body: _, ...asked } = event;
      return handler({ ...asked, rawPath: path, rawQueryString: '', pathParameters });
    }
  }
  return noContent();
}
