import { Address } from '#shared/domain/address.ts';
import { readForm } from '#shared/http/form.ts';
import { freshPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { linkSentPage, lostLinkPage } from '#shared/pages/lost-link-page.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/lost-link';
type Deps = Pick<GuestDeps, 'site' | 'askForLinks'>;

/** Where to say which address to send one's links to; or, once said, the same answer for everybody. */
export const showLostLink = ({ site }: Pick<Deps, 'site'>) =>
  pageRoute('GET', PATH, async ({ query }) =>
    freshPage(query.has('sent') ? linkSentPage(site) : lostLinkPage(site, { typed: [], faults: [] })),
  );

/** Takes the wish for an address's links; it is looked at once everybody had the same answer, after the same work. */
export const sendLostLink = ({ site, askForLinks }: Deps) =>
  pageRoute('POST', PATH, async ({ event: request }) => {
    const form = readForm(request);
    const typed = form.get('email') ?? [];
    const address = Address.safeParse(typed[0] ?? '');
    if (!address.success) {
      const faults = [{ field: 'email', message: address.error.issues[0]?.message ?? '' }];
      return freshPage(lostLinkPage(site, { typed, faults }), 400);
    }
    await askForLinks({ email: address.data, ip: request.requestContext.http.sourceIp });
    return seeOther(`${PATH}?sent`);
  });
