import type { EventTable } from '#infra/constructs/event-table.ts';
import type { FactBus } from '#infra/constructs/fact-bus.ts';
import type { Files } from '#infra/constructs/files.ts';
import type { Mail } from '#infra/constructs/mail.ts';
import type { Pager } from '#infra/constructs/pager.ts';
import type { Secrets } from '#infra/constructs/secrets.ts';
import type { Site } from '#infra/constructs/site.ts';
import type { Stage } from '#infra/stage.ts';

/** What every workload stands on, and takes from only what it needs. */
export interface Foundation {
  readonly stage: Stage;
  readonly pager: Pager;
  readonly table: EventTable;
  readonly facts: FactBus;
  readonly files: Files;
  readonly secrets: Secrets;
  readonly mail: Mail;
  readonly site: Site;
}

/** `SITE` as the functions read it: who runs the site, and how it behaves. */
export function siteSettings({ site }: Pick<Stage, 'site'>): string {
  const { name, organiser, privacyUrl, corsOrigins, retentionDays } = site;
  return JSON.stringify({ name, organiser, privacyUrl, corsOrigins, retentionDays });
}
