import { Address } from '#shared/domain/address.ts';
import { readForm } from '#shared/http/form.ts';
import { freshPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { linkSentPage, lostLinkPage } from '#shared/pages/lost-link-page.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/lost-link';
type Deps = Pick<GuestDeps, 'site' | 'sendLinks'>;

/** Where to say which address to send one's links to; or, once said, the same answer for everybody. */
export const showLostLink = ({ site }: Pick<Deps, 'site'>) =>
  pageRoute('GET', PATH, async ({ query }) =>
    freshPage(query.has('sent') ? linkSentPage(site) : lostLinkPage(site, { typed: [], faults: [] })),
  );

/** Mails the links again to whoever has that address; nobody learns whether anybody has. */
export const sendLostLink = ({ site, sendLinks }: Deps) =>
  pageRoute('POST', PATH, async ({ event: request }) => {
    const form = readForm(request);
    const typed = form.get('email') ?? [];
    const address = Address.safeParse(typed[0] ?? '');
    if (!address.success) {
      const faults = [{ field: 'email', message: address.error.issues[0]?.message ?? '' }];
      return freshPage(lostLinkPage(site, { typed, faults }), 400);
    }
    const [name = ''] = form.get('name') ?? [];
    await sendLinks({ email: address.data, name, ip: request.requestContext.http.sourceIp });
    return seeOther(`${PATH}?sent`);
  });
