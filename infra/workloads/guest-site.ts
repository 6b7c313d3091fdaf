import type { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { routes } from '#infra/routes.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** The public pages, and registration by form and by JSON. Anybody may call it: it writes wishes, and decides about no seat. */
export function guestSite(scope: Construct, { stage, table, secrets, site }: Foundation): NodeFunction {
  const fn = new NodeFunction(scope, 'GuestSite', {
    stage,
    folder: 'guest-site',
    memorySize: 512,
    environment: {
      SITE_URL: site.url,
      SITE: siteSettings(stage),
      TIMINGS: JSON.stringify(stage.timings),
      BUDGETS: JSON.stringify(stage.budgets),
    },
  });
  table.open(
    fn,
    ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    ['catalogue'],
  );
  secrets.openAddressKey(fn);
  site.serve(routes['guest-site'], fn);
  return fn;
}
