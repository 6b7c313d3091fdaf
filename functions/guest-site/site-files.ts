import { Refusal } from '#shared/domain/errors.ts';
import { publicFile, publicPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { assetNamed } from '#shared/pages/assets.ts';
import { privacyPage } from '#shared/pages/privacy-page.ts';
import type { GuestDeps } from './deps.ts';

type Deps = Pick<GuestDeps, 'site' | 'programme'>;

/** Stylesheet and script, under names that change with their content. */
export const serveAsset = () =>
  pageRoute('GET', '/assets/{file}', async ({ path }) => {
    const asset = assetNamed(path.file ?? '');
    if (!asset) throw new Refusal('not-found', 'There is no such file');
    return publicFile(asset.content, asset.type, { forGood: true });
  });

/** What programs that read the site are asked: pages, not the API. Personal pages say noindex themselves. */
export const showRobots = ({ site }: Pick<Deps, 'site'>) =>
  pageRoute('GET', '/robots.txt', async () =>
    publicFile(`User-agent: *\nDisallow: /api/\n\nSitemap: ${site.url}/sitemap.xml\n`, 'text/plain; charset=utf-8'),
  );

/** Every page that may be found. Slugs need no escaping: they are small letters, digits and hyphens. */
export const showSitemap = ({ site, programme }: Deps) =>
  pageRoute('GET', '/sitemap.xml', async () => {
    const { events } = await programme.listing();
    const paths = ['/', '/privacy', ...events.map(({ slug }) => `/events/${slug}`)];
    const urls = paths.map((path) => `<url><loc>${escapeXml(site.url)}${path}</loc></url>`).join('\n');
    const head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">';
    return publicFile(`${head}\n${urls}\n</urlset>\n`, 'application/xml; charset=utf-8');
  });

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The site's own privacy notice. */
export const showPrivacy = ({ site }: Pick<Deps, 'site'>) =>
  pageRoute('GET', '/privacy', async () => publicPage(privacyPage(site)));
