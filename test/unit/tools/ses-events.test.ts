import { expect, test } from 'vitest';
import { eventsFor, Mail } from '#tools/local/ses-events.ts';

const at = new Date('2026-11-23T09:30:00Z');
const mailTo = (address: string) =>
  Mail.parse({
    ConfigurationSetName: 'service',
    FromEmailAddress: 'Rollcall <events@example.org>',
    Destination: { ToAddresses: [address] },
    EmailTags: [{ Name: 'registration', Value: 'r1' }],
    Content: { Simple: {} },
  });
const typesFor = (address: string) => eventsFor(mailTo(address), 'm1', at).map(({ detailType }) => detailType);

test('an ordinary address is sent to and delivered to', () => {
  expect(typesFor('ann@example.org')).toEqual(['Email Sent', 'Email Delivered']);
});

test.each(['bounce@example.org', 'ann+bounce@example.org', 'Ann <ann+Bounce@example.org>'])('%s bounces', (address) => {
  expect(typesFor(address)).toEqual(['Email Sent', 'Email Bounced']);
});

test.each(['complaint@example.org', 'ann+complaint@example.org'])('%s is delivered and complains', (address) => {
  expect(typesFor(address)).toEqual(['Email Sent', 'Email Delivered', 'Email Complaint Received']);
});

test.each(['nobounce@example.org', 'bounce.ann@example.org', 'ann@bounce.example.org'])('%s arrives', (address) => {
  expect(typesFor(address)).toContain('Email Delivered');
});

test('a bounce is permanent, a soft one transient', () => {
  const bounceTypeOf = (address: string) => eventsFor(mailTo(address), 'm1', at).at(-1)?.detail;
  expect(bounceTypeOf('bounce@example.org')).toMatchObject({
    eventType: 'Bounce',
    bounce: { bounceType: 'Permanent' },
  });
  expect(bounceTypeOf('ann+soft-bounce@example.org')).toMatchObject({ bounce: { bounceType: 'Transient' } });
});

test('tags arrive as lists of one, beside the configuration set', () => {
  const [sent] = eventsFor(mailTo('ann@example.org'), 'm1', at);
  expect(sent?.detail).toMatchObject({
    eventType: 'Send',
    mail: { messageId: 'm1', tags: { registration: ['r1'], 'ses:configuration-set': ['service'] } },
  });
});
