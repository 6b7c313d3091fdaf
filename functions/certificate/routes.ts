import type { PageRoute } from '#shared/http/page-route.ts';
import { askForCode, checkCertificate } from './check-certificate.ts';
import type { CertificateDeps } from './deps.ts';
import { downloadCertificate } from './download-certificate.ts';

/** Every address that has to do with certificates. */
export const certificateRoutes = (deps: CertificateDeps): PageRoute[] => [
  downloadCertificate(deps),
  askForCode(deps),
  checkCertificate(deps),
];
