import type { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { routes } from '#infra/routes.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** What a registrant does behind their own links: apart from the public pages, which can neither make nor check one. */
export function personalSite(scope: Construct, { stage, table, secrets, site }: Foundation): NodeFunction {
  const fn = new NodeFunction(scope, 'PersonalSite', {
    stage,
    folder: 'personal-site',
    memorySize: 512,
    environment: {
      SITE_URL: site.url,
      SITE: siteSettings(stage),
      BUDGETS: JSON.stringify(stage.budgets),
    },
  });
  table.open(fn, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem']);
  secrets.openLinkKeys(fn);
  secrets.openAddressKey(fn);
  site.serve(routes['personal-site'], fn);
  return fn;
}
