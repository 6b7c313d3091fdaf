import { expect, test } from 'vitest';
import { compose } from '#functions/send/compose.ts';
import { registerAgain } from '#shared/domain/change-registration.ts';
import { writeMailKey } from '#shared/domain/mail-key.ts';
import { isOrganiserKind, MAIL_KINDS, type MailKind } from '#shared/domain/mail-kinds.ts';
import { prove } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { anEvent, aRegistration, NOW, NOW_EPOCH } from '#test/support/builders.ts';

const CALL = 'Call 020 7946 0000';
const event = anEvent({ confirmAddress: true });
const template = {
  subject: '{{name}}, see you at {{event}}',
  body: 'Dear {{name}},\n\n{{#name}}for {{name}}{{/name}}',
};
const settings = {
  site: { name: 'Rollcall', url: 'https://events.example.org' },
  linkKeys: new Map([['k1', 'a key that signs links in tests, and long enough']]),
  reach: { mode: 'live', allowList: [] } as never,
  sender: 'Rollcall <events@example.org>',
  configurationSets: { service: 's', optional: 'o', urgent: 'u' },
};
const composed = (kind: MailKind, row: Registration, words = true) =>
  compose(settings)(kind, {
    mailKey: writeMailKey({ campaign: '1', occasion: 'a1' }),
    event,
    row,
    place: 3,
    template: words ? template : undefined,
    before: undefined,
    bringsJoining: true,
    tested: undefined,
    attempt: 1,
    notAfter: NOW_EPOCH + 86_400,
    now: NOW_EPOCH,
  });

/** Somebody whose name a stranger has typed; their calendar has the event. */
const typed = (given: Partial<Registration> = {}): Registration =>
  aRegistration({
    eventId: event.eventId,
    name: CALL,
    newEmail: 'eve@example.org',
    confirmBy: NOW_EPOCH + 86_400,
    sequence: 2,
    deliveries: { '1@a1': 'sent|1|1|a1b2c3|1' },
    ...given,
  });
const FOR_PEOPLE = MAIL_KINDS.filter((kind) => !isOrganiserKind(kind));

test.each(FOR_PEOPLE)(
  'a mail of kind %s says nothing that was typed to an address that has not proved itself',
  (kind) => {
    for (const row of [typed(), typed({ status: 'cancelled' }), typed({ provedAt: 0, confirmBy: undefined })])
      for (const words of [true, false]) {
        const mail = composed(kind, row, words);
        expect(JSON.stringify(mail)).not.toContain('7946');
        expect(mail.text).toMatch(words ? /Hello,|Dear guest,/ : /Hello,/);
        expect(mail.to).not.toContain(' ');
      }
  },
);

test.each(FOR_PEOPLE.filter((kind) => kind !== 'new-address' && kind !== 'address-moved'))(
  'a mail of kind %s greets by name once the address has proved itself',
  (kind) => {
    const { text, calendar } = composed(kind, prove(typed(), NOW_EPOCH), false);
    expect(text).toContain(`Hello ${CALL},`);
    if (calendar) expect(calendar.ics).toContain('CN="Call 020 7946 0000"');
  },
);

test('one that asks for a new address goes there, and greets nobody by name', () => {
  expect(composed('new-address', { ...prove(typed(), NOW_EPOCH), newEmail: 'eve@example.org' }).text).toContain(
    'Hello,',
  );
});

test('a calendar entry names its one attendee by their address alone until then', () => {
  const { calendar } = composed('confirmation', typed());
  expect(calendar?.ics.replaceAll(/\r?\n /g, '')).toMatch(/ATTENDEE[^\n]*mailto:ada@example\.org/i);
});

test('whoever registers a known address again under another name cannot speak through its mail', () => {
  const known = prove(aRegistration({ status: 'cancelled', name: 'Ada' }), NOW_EPOCH);
  const again = { capped: false, now: NOW, allowance: { delay: 0, dropped: false } };
  const renamed = registerAgain(known, { ...again, name: CALL })?.row as Registration;
  expect(JSON.stringify(composed('confirmation', renamed))).not.toContain('7946');
  const same = registerAgain(known, { ...again, name: 'Ada' })?.row as Registration;
  expect(composed('confirmation', same, false).text).toContain('Hello Ada,');
});
