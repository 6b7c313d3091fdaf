import * as z from 'zod';
import type { Audience } from '#shared/domain/audience.ts';
import type { Event } from '#shared/domain/event.ts';
import { outlookOf } from '#shared/domain/outlook.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { ticketOf } from '#shared/domain/seats.ts';
import { type Epoch, epochOf, instantAt } from '#shared/domain/time.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { bringsJoining } from './brings-joining.ts';
import { requireScope } from './check-key.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { CampaignPath, RegistrationId } from './paths.ts';
import { previewDocs } from './plan-docs.ts';
import { NOBODY } from './resend.ts';
import { readCampaign } from './whole-campaign.ts';

const PreviewQuery = z.strictObject({ registrationId: RegistrationId.optional() });

/** The mail as it will read when it fires. This function has no keys to links, so those in it lead nowhere. */
export const preview = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/campaigns/{campaignId}/preview',
    { path: CampaignPath, query: PreviewQuery, scope: 'campaigns:read', docs: previewDocs },
    async ({ path, query: { registrationId }, event: { caller } }) => {
      if (registrationId !== undefined) requireScope(caller, 'registrations:read');
      const { event, campaign } = await readCampaign(deps, path);
      const now = Math.floor(deps.now() / 1000);
      const registration =
        registrationId === undefined
          ? adaExample(event, campaign.audience, now)
          : found(await deps.registrations.get(path.eventId, registrationId), NOBODY);
      const { firesAt = now } = outlookOf(event, campaign, { runs: [], now });
      const { subject, html, text } = renderMail(campaign.kind, {
        site: { name: deps.site.name, url: deps.siteUrl },
        event,
        registration,
        links: inertLinks(deps, event),
        place: await placeOf(deps, registration),
        template: campaign.template,
        bringsJoining: await bringsJoining(deps, event, campaign),
        now: Math.max(now, firesAt),
      });
      return ok({ subject, html, text });
    },
  );

/** Where links would lead: addresses that look like them, and open nothing. */
function inertLinks({ siteUrl }: Pick<Deps, 'siteUrl'>, { slug }: Event) {
  const page = `${siteUrl}/events/${slug}`;
  const inert = (path: string) => `${siteUrl}/${path}/preview`;
  return {
    manage: inert('r'),
    join: inert('j'),
    survey: inert('s'),
    stop: inert('u'),
    address: inert('a'),
    object: inert('m'),
    event: page,
    calendar: `${page}/calendar.ics`,
  };
}

async function placeOf({ seats }: Pick<Deps, 'seats'>, { eventId, seat }: Registration): Promise<number | undefined> {
  const ticket = ticketOf(seat);
  return ticket === undefined ? undefined : seats.placeOf(eventId, ticket);
}

/** Somebody with a place, who is nobody; she comes to the event, unless the mail is for those who do not. */
const adaExample = (
  { eventId, startInstant }: Event,
  { attendance = ['attended'] }: Audience,
  now: Epoch,
): Registration => ({
  ...(attendance.includes('attended') && { joinedAt: epochOf(startInstant), minutes: ALL_DAY }),
  eventId,
  registrationId: 'adaexample000000',
  name: 'Ada Example',
  email: 'ada@example.org',
  linkSeed: 'no links',
  status: 'confirmed',
  registeredAt: instantAt(now),
  confirmedAt: now,
  provedAt: now,
  admissions: 1,
  addressRevision: 1,
  sequence: 1,
  deliveries: {},
});

const ALL_DAY = 24 * 60;
