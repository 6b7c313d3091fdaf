import { addresseeOf } from '#shared/domain/addressee.ts';
import { type LeftAddress, leftAddressOf, leftAt } from '#shared/domain/left-address.ts';
import { type LinkKeys, type LinkPurpose, linkHolder, objectionHolder, signLink } from '#shared/domain/link.ts';
import { objectedRegistration, readMailKey } from '#shared/domain/mail-key.ts';
import { isOrganiserKind, MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import { destinationOf, type MailReach } from '#shared/domain/mail-mode.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { MailView } from '#shared/mail/mail-view.ts';
import type { Mail } from '#shared/mail/mailer.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import type { Composition } from './composition.ts';

export interface ComposeDeps {
  readonly site: { readonly name: string; readonly url: string };
  readonly linkKeys: LinkKeys;
  readonly reach: MailReach;
  readonly sender: string;
  readonly configurationSets: { readonly service: string; readonly optional: string; readonly urgent: string };
}

const HOUR = 3600;

/** Makes the mail of a kind for one person: words, links, headers and the tags its receipts come back with. */
export const compose =
  ({ site, linkKeys, reach, sender, configurationSets }: ComposeDeps) =>
  (kind: MailKind, { mailKey, event, row, attempt, notAfter, now, ...shown }: Composition): Mail => {
    const { campaign, occasion } = readMailKey(mailKey);
    const address = addresseeOf({ kind, occasion }, row) ?? row.email;
    const left = kind === 'address-moved' ? leftAddressOf(row, occasion) : undefined;
    const page = `${site.url}/events/${event.slug}`;
    const links = linksFor(kind, personal(site, linkKeys, row, left), page);
    const { stoppedByMute } = MAIL_RULES[kind];
    const optional = stoppedByMute
      ? { 'List-Unsubscribe': `<${links.stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {};
    return {
      ...renderMail(kind, {
        site,
        event,
        registration: row,
        links,
        now,
        left: left && { ...left, since: leftAt(left) },
        objection: objectedRegistration(occasion),
        ...shown,
      }),
      from: sender,
      to: destinationOf(reach, address),
      replyTo: event.organiser.email,
      headers: { 'Auto-Submitted': 'auto-generated', ...optional },
      tags: {
        event: row.eventId,
        registration: row.registrationId,
        campaign,
        occasion,
        attempt: String(attempt),
        // What an address does with its mail that is not the person's yet says nothing about theirs.
        addressRevision: String(address === row.email && !left ? row.addressRevision : 0),
      },
      configurationSet: setFor(configurationSets, { optional: stoppedByMute, urgent: notAfter - now < HOUR }),
    };
  };

type Address = (purpose: LinkPurpose, path: string) => string;

/** A person's links, each signed once at most. */
function personal(site: ComposeDeps['site'], linkKeys: LinkKeys, row: Registration, left?: LeftAddress): Address {
  const made = new Map<LinkPurpose, string>();
  return (purpose, path) => {
    const holder = purpose === 'object' && left ? objectionHolder(row, left) : linkHolder(purpose, row);
    const link = made.get(purpose) ?? `${site.url}/${path}/${signLink(linkKeys, purpose, holder)}`;
    made.set(purpose, link);
    return link;
  };
}

/** The organiser has no registration, so there is nothing of theirs to open, but the page that asks whether they are it. */
function linksFor(kind: MailKind, link: Address, page: string): MailView['links'] {
  if (!isOrganiserKind(kind)) return personalLinks(link, page);
  const nothing = personalLinks(() => page, page);
  return kind === 'prove-organiser' ? { ...nothing, address: link('organiser', 'o') } : nothing;
}

/** Where a mail may lead. A link is signed where it is read: most mails show two of them. */
const personalLinks = (link: Address, page: string): MailView['links'] => ({
  calendar: `${page}/calendar.ics`,
  event: page,
  get manage() {
    return link('manage', 'r');
  },
  get join() {
    return link('join', 'j');
  },
  get survey() {
    return link('survey', 's');
  },
  get address() {
    return link('address', 'a');
  },
  get object() {
    return link('object', 'm');
  },
  get stop() {
    return link('stop', 'u');
  },
});

/** SES keeps trying to hand a mail over for hours; the urgent set gives up before the mail would be too late. */
function setFor(sets: ComposeDeps['configurationSets'], is: { optional: boolean; urgent: boolean }): string {
  if (is.urgent) return sets.urgent;
  return is.optional ? sets.optional : sets.service;
}
