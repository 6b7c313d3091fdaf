import { certificateCode, certificateStanding } from '#shared/domain/certificate.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { personalFile, personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { noCertificateYetPage } from '#shared/pages/no-certificate-yet-page.ts';
import { findPerson } from '#shared/site/find-person.ts';
import type { CertificateDeps } from './deps.ts';

/** My certificate of attendance as a PDF, or why there is none, and when there may be. */
export const downloadCertificate = (deps: CertificateDeps) =>
  pageRoute('GET', '/c/{token}', async ({ path }) => {
    const { event, registration, keys } = await findPerson(deps, 'certificate', path.token);
    const standing = certificateStanding(event, registration, Math.floor(deps.now() / 1000));
    if (!standing.holds) {
      if (standing.because === 'forgotten') throw new Refusal('not-found', 'Nothing is kept about this person');
      const status = standing.because === 'too-early' ? 409 : 404;
      return personalPage(noCertificateYetPage(deps.site, { event, registration, standing }), status);
    }
    const code = certificateCode(keys, registration);
    const address = `${deps.site.url}/certificates/${code}`;
    // Not before somebody wants one: who only checks a code need not wait for what draws it.
    const { certificatePdf } = await import('#shared/pdf/certificate-pdf.ts');
    const pdf = await certificatePdf(deps.faces, { site: deps.site, event, registration, code, address });
    return personalFile(pdf, 'application/pdf', `certificate-${event.slug}.pdf`);
  });
