import type { Route } from '#shared/http/route.ts';
import { createEvent } from './create-event.ts';
import type { Deps } from './deps.ts';
import { getEvent } from './get-event.ts';
import { listEvents } from './list-events.ts';
import { listRegistrations } from './list-registrations.ts';
import { openApi } from './open-api.ts';
import { patchEvent } from './patch-event.ts';
import { publishEvent } from './publish-event.ts';
import { resend } from './resend.ts';
import { sending } from './sending.ts';

/** Everything an organiser can do here, and the document that says so. */
export function routes(deps: Deps): Route[] {
  const documented = [
    createEvent(deps),
    listEvents(deps),
    getEvent(deps),
    patchEvent(deps),
    publishEvent(deps),
    listRegistrations(deps),
    resend(deps),
    ...sending(deps),
  ];
  return [...documented, openApi(documented, deps.siteUrl)];
}
