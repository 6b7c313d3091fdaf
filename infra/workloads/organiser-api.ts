import type { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { routes } from '#infra/routes.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/** What an organiser drives with an API key, checked by the function itself. */
export function organiserApi(scope: Construct, { stage, table, site }: Foundation): NodeFunction {
  const fn = new NodeFunction(scope, 'OrganiserApi', {
    stage,
    folder: 'organiser-api',
    memorySize: 512,
    environment: { SITE_URL: site.url, SITE: siteSettings(stage), TIMINGS: JSON.stringify(stage.timings) },
  });
  table.open(fn, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], ['catalogue']);
  site.serve(routes['organiser-api'], fn);
  return fn;
}
