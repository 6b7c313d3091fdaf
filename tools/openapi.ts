import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { depsOn } from '#functions/organiser-api/deps.ts';
import { describe } from '#functions/organiser-api/describe.ts';
import { routes } from '#functions/organiser-api/routes.ts';
import { Timings } from '#shared/domain/timings.ts';
import { memoryTable } from '#shared/store/memory-table.ts';

/** Where the copy for readers of the repository is. */
export const OPENAPI_FILE = join(import.meta.dirname, '../docs/api/openapi.json');

/** The organiser API's document as it is kept in the repository: of a site that is nobody's. */
export function openApiText(): string {
  const siteUrl = 'https://events.example.org';
  const organiser = { name: 'Rollcall Events', email: 'organiser@example.org' };
  const site = { name: 'Rollcall', organiser, retentionDays: 90 };
  // Nobody waits for anything to be described.
  const timings = Timings.parse(Object.fromEntries(Object.keys(Timings.shape).map((wait) => [wait, 1])));
  const deps = depsOn(memoryTable(), {
    siteUrl,
    site,
    timings,
    mayReach: () => true,
    now: () => 0,
    placeHash: async () => '',
    mayTellOld: async () => true,
    chance: (n) => new Uint8Array(n),
    sleep: async () => {},
    fanOut: async () => {},
    workOn: async () => {},
    files: {
      look: async () => undefined,
      read: async () => undefined,
      upload: async () => siteUrl,
      download: async () => siteUrl,
    },
  });
  return `${JSON.stringify(describe(routes(deps), siteUrl), null, 2)}\n`;
}

if (import.meta.main) await writeFile(OPENAPI_FILE, openApiText());
