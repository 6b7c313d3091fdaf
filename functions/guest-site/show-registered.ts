import { Address } from '#shared/domain/address.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { readForm } from '#shared/http/form.ts';
import { freshPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { registeredPage } from '#shared/pages/registered-page.ts';
import type { GuestDeps } from './deps.ts';

const PATH = '/events/{slug}/registered';
type Deps = Pick<GuestDeps, 'site' | 'programme' | 'correctAddress'>;

/** What a ticket looks like: the page shows no other text that came with its address. */
const isTicket = (ticket: string): boolean => /^[\w.-]{1,64}$/.test(ticket);

/** What happens next: the same page for everybody who sent the form, whatever became of it. */
export const showRegistered = ({ site, programme }: Pick<Deps, 'site' | 'programme'>) =>
  pageRoute('GET', PATH, async ({ path, query }) => {
    const { event } = await programme.event(path.slug ?? '');
    const ticket = query.get('for') ?? '';
    return freshPage(registeredPage(site, { event, ticket: isTicket(ticket) ? ticket : undefined }));
  });

/** Corrects the address that was typed, and shows the same page again, whatever came of it. */
export const correctRegistered = ({ site, programme, correctAddress }: Deps) =>
  pageRoute('POST', PATH, async ({ path, event: request }) => {
    const form = readForm(request);
    const { event } = await programme.eventNow(path.slug ?? '');
    const [ticket = ''] = form.get('ticket') ?? [];
    if (!isTicket(ticket)) throw new Refusal('not-found', 'There is no such page');
    const typed = form.get('email') ?? [];
    const address = Address.safeParse(typed[0] ?? '');
    if (!address.success) {
      const faults = [{ field: 'email', message: address.error.issues[0]?.message ?? '' }];
      return freshPage(registeredPage(site, { event, ticket, typed, faults }), 400);
    }
    const ip = request.requestContext.http.sourceIp;
    await correctAddress({ event, ticket, email: address.data, ip });
    return seeOther(`/events/${event.slug}/registered?for=${ticket}`);
  });
