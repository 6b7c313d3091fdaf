import { Address } from '#shared/domain/address.ts';
import { closedBecause } from '#shared/domain/event.ts';
import { isEarlierTicket, isTicket } from '#shared/domain/ticket.ts';
import { readForm } from '#shared/http/form.ts';
import { freshPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { registeredPage } from '#shared/pages/registered-page.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/events/{slug}/registered';
type Deps = Pick<GuestDeps, 'site' | 'programme' | 'correctAddress' | 'now'>;

/** What happens next, for whoever comes back to it. Earlier versions had what corrects the address stand in that of the page. */
export const showRegistered = ({ site, programme }: Pick<Deps, 'site' | 'programme'>) =>
  pageRoute('GET', PATH, async ({ path, query }) => {
    const { event } = await programme.event(path.slug ?? '');
    const ticket = query.get('for') ?? '';
    return freshPage(registeredPage(site, { event, ticket: isEarlierTicket(ticket) ? ticket : undefined }));
  });

/** Takes what was typed once more, with the right address, and shows the same page again, whatever came of it. */
export const correctRegistered = ({ site, programme, correctAddress, now }: Deps) =>
  pageRoute('POST', PATH, async ({ path, event: request }) => {
    const form = readForm(request);
    const { event } = await programme.eventNow(path.slug ?? '');
    const [given = ''] = form.get('ticket') ?? [];
    const ticket = isTicket(given) ? given : undefined;
    const typed = form.get('email') ?? [];
    const again = (status: number, message: string) =>
      freshPage(registeredPage(site, { event, ticket, typed, faults: [{ field: 'email', message }] }), status);
    const closed = closedBecause(event, now());
    if (closed) return again(409, closed);
    const address = Address.safeParse(typed[0] ?? '');
    if (!address.success) return again(400, address.error.issues[0]?.message ?? '');
    const ip = request.requestContext.http.sourceIp;
    const held = ticket && (await correctAddress({ event, ticket, email: address.data, ip }));
    if (!held) return freshPage(registeredPage(site, { event, ticket: undefined, isUsedUp: true }), 409);
    return freshPage(registeredPage(site, { event, ticket: held.ticket }));
  });
