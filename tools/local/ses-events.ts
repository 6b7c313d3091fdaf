import * as z from 'zod';

const Addresses = z.array(z.string()).default([]);
const Pair = z.object({ Name: z.string(), Value: z.string() });

/** The parts of a SendEmail request that decide what SES would tell about it. */
export const Mail = z.object({
  ConfigurationSetName: z.string().optional(),
  FromEmailAddress: z.string().default(''),
  Destination: z
    .object({ ToAddresses: Addresses, CcAddresses: Addresses, BccAddresses: Addresses })
    .default({ ToAddresses: [], CcAddresses: [], BccAddresses: [] }),
  ReplyToAddresses: Addresses,
  EmailTags: z.array(Pair).default([]),
  Content: z.looseObject({ Simple: z.looseObject({ Headers: z.array(Pair).default([]) }).optional() }).default({}),
});
export type Mail = z.infer<typeof Mail>;

/** One event as SES puts it on the default bus. */
export interface SesEvent {
  readonly type: EventType;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

type EventType = 'SEND' | 'DELIVERY' | 'BOUNCE' | 'COMPLAINT';

const NAMES: Record<EventType, { eventType: string; detailType: string }> = {
  SEND: { eventType: 'Send', detailType: 'Email Sent' },
  DELIVERY: { eventType: 'Delivery', detailType: 'Email Delivered' },
  BOUNCE: { eventType: 'Bounce', detailType: 'Email Bounced' },
  COMPLAINT: { eventType: 'Complaint', detailType: 'Email Complaint Received' },
};

/** What happens to a mail is in its address, as with SES's mailbox simulator: bounce@…, anyone+bounce@…, complaint@…. */
export const eventsFor = (mail: Mail, messageId: string, at: Date): SesEvent[] => {
  const recipients = mail.Destination.ToAddresses;
  const fate = fateOf(recipients[0] ?? '');
  const types: EventType[] = ['SEND', ...FATES[fate]];
  const about = {
    timestamp: at.toISOString(),
    source: mail.FromEmailAddress,
    messageId,
    destination: recipients,
    headersTruncated: false,
    tags: {
      'ses:operation': ['SendEmail'],
      'ses:configuration-set': [mail.ConfigurationSetName ?? ''],
      ...Object.fromEntries(mail.EmailTags.map(({ Name, Value }) => [Name, [Value]])),
    },
  };
  return types.map((type) => {
    const { eventType, detailType } = NAMES[type];
    const facts = { timestamp: at.toISOString(), ...factsOf(type, fate, recipients) };
    return { type, detailType, detail: { eventType, mail: about, [eventType.toLowerCase()]: facts } };
  });
};

const FATES = {
  arrives: ['DELIVERY'],
  bounce: ['BOUNCE'],
  'soft-bounce': ['BOUNCE'],
  complaint: ['DELIVERY', 'COMPLAINT'],
} as const satisfies Record<string, readonly EventType[]>;

type Fate = keyof typeof FATES;

const fateOf = (recipient: string): Fate => {
  const address = /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient;
  const word = /^(?:.*\+)?(bounce|soft-bounce|complaint)@/i.exec(address.trim())?.[1];
  return (word?.toLowerCase() as Fate | undefined) ?? 'arrives';
};

const factsOf = (type: EventType, fate: Fate, recipients: readonly string[]): Record<string, unknown> => {
  const addresses = recipients.map((emailAddress) => ({ emailAddress }));
  switch (type) {
    case 'SEND':
      return {};
    case 'DELIVERY':
      return { recipients, processingTimeMillis: 1, smtpResponse: '250 2.0.0 OK', reportingMTA: 'a.example.org' };
    case 'BOUNCE':
      return {
        bounceType: fate === 'bounce' ? 'Permanent' : 'Transient',
        bounceSubType: 'General',
        bouncedRecipients: addresses,
      };
    case 'COMPLAINT':
      return { complainedRecipients: addresses, complaintFeedbackType: 'abuse' };
  }
};
