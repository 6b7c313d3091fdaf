import { compose } from '#functions/send/compose.ts';
import type { DeliverDeps } from '#functions/send/deliver.ts';
import { readMailKey } from '#shared/domain/mail-kinds.ts';

/** Whole mails as people get them, or plain ones that say whose they are: a hundred times quicker to write. */
export type Mails = 'whole' | 'plain';

const whole = compose({
  site: { name: 'Rollcall', url: 'https://events.example.org' },
  linkKeys: { k1: 'a key that signs the links of a simulated world, long enough' },
  reach: { mode: 'live', allowList: [] },
  sender: 'events@example.org',
  configurationSets: { service: 'service', optional: 'optional', urgent: 'urgent' },
});

const plain: DeliverDeps['compose'] = (kind, { mailKey, event, row, attempt }) => {
  const { campaign, occasion } = readMailKey(mailKey);
  return {
    from: 'events@example.org',
    to: row.email,
    replyTo: event.organiser.email,
    subject: kind,
    html: '',
    text: `Hello ${row.name}`,
    headers: {},
    tags: {
      event: row.eventId,
      registration: row.registrationId,
      campaign,
      occasion,
      attempt: String(attempt),
      addressRevision: String(row.addressRevision),
    },
    configurationSet: 'service',
  };
};

export const composer = (mails: Mails): DeliverDeps['compose'] => (mails === 'whole' ? whole : plain);
