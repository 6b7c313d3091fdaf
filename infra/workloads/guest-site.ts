import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LINK_FACTS } from '#events/catalogue.ts';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { routes } from '#infra/routes.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** The public pages, and registration by form and by JSON. Anybody may call it: it writes wishes, and decides about no seat. */
export function guestSite(scope: Construct, { stage, table, facts, secrets, site }: Foundation): NodeFunction {
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
  // Wishes for links are looked at once their answer is out. One that fails is tried again, and `sweep` knows what is left.
  fn.configureAsyncInvoke({ maxEventAge: Duration.hours(1) });
  facts.wake(LINK_FACTS, fn);
  site.serve(routes['guest-site'], fn);
  return fn;
}
