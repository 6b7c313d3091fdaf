import type { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { routes } from '#infra/routes.ts';
import { FONT_FILES, FONTS_FOLDER } from '#shared/pdf/font-files.ts';
import { type Foundation, siteSettings } from './foundation.ts';

/**
 * Certificates of attendance: the PDF behind a person's link, and the page where anybody checks its code. Apart from
 * other pages because of its fonts, and because it only reads: single items, never a list of people.
 */
export function certificate(scope: Construct, { stage, table, secrets, site }: Foundation): NodeFunction {
  const fn = new NodeFunction(scope, 'Certificate', {
    stage,
    folder: 'certificate',
    // Shaping letters is arithmetic, and memory is what Lambda gives processors by.
    memorySize: 1024,
    files: { folder: FONTS_FOLDER, from: Object.values(FONT_FILES) },
    environment: { SITE_URL: site.url, SITE: siteSettings(stage) },
  });
  table.open(fn, ['GetItem', 'BatchGetItem']);
  secrets.openLinkKeys(fn);
  site.serve(routes.certificate, fn);
  return fn;
}
