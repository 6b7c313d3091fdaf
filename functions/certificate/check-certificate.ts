import { certificateStanding, readCertificateCode } from '#shared/domain/certificate.ts';
import { personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import type { HttpResponse } from '#shared/http/reply.ts';
import { askForCodePage, certificatePage, noCertificatePage } from '#shared/pages/certificate-page.ts';
import type { CertificateDeps } from './deps.ts';

type Deps = Omit<CertificateDeps, 'faces'>;

/** Whether the certificate with this code is genuine, for anybody. */
export const checkCertificate = (deps: Deps) =>
  pageRoute('GET', '/certificates/{code}', ({ path }) => answer(deps, unescaped(path.code ?? '')));

/** The same for a code that somebody types. */
export const askForCode = (deps: Deps) =>
  pageRoute('GET', '/certificates', async ({ query }) => {
    const typed = query.get('code')?.trim() ?? '';
    return typed === '' ? personalPage(askForCodePage(deps.site)) : answer(deps, typed);
  });

/** No link is needed, and yet the page is as a person's own: it has their name, and its address is the code. */
async function answer({ site, events, registrations, linkKeys, now }: Deps, typed: string): Promise<HttpResponse> {
  const unknown = () => personalPage(noCertificatePage(site, typed), 404);
  const holder = readCertificateCode(await linkKeys(), typed);
  if (!holder) return unknown();
  const { eventId, registrationId } = holder;
  const [event, registration] = await Promise.all([events.get(eventId), registrations.get(eventId, registrationId)]);
  if (!event || !registration) return unknown();
  if (!certificateStanding(event, registration, Math.floor(now() / 1000)).holds) return unknown();
  return personalPage(certificatePage(site, { event, registration }));
}

/** As it was typed; what no browser escapes so is no code either. */
function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
