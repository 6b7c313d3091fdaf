import { expect, test } from 'vitest';
import { buttonOf, type MailGiven, mailTo } from '#test/support/mail-to.ts';

const joining = {
  url: 'https://meet.example.org/secret',
  instructions: 'Have your badge ready.\n\nCameras on.\nMicrophones off: see https://example.org/guide.',
  opensBefore: 'PT15M',
};
const TOMORROW = '2027-02-17T09:30:00Z';
const LIVE = '2027-02-18T10:00:00Z';
const IN_PERSON = { format: 'in-person', place: 'Town Hall' } as const;

test('a joining mail has the personal link, when it opens, what to have ready and what to do if it fails', () => {
  const mail = mailTo('joining', { event: { joining }, at: TOMORROW });
  expect(mail.subject).toMatch(/^How to join: /);
  expect(buttonOf(mail)).toBe(mail.links.join);
  expect(mail.text).toContain('It opens 15 minutes before the start, at 09:15 GMT. It is yours alone');
  expect(mail.text).toContain('BEFORE YOU JOIN Have your badge ready. Cameras on. Microphones off');
  expect(mail.text).toContain('IF IT DOES NOT WORK Try the link in another browser');
  expect(mail.text).toContain(mail.links.manage);
});

test('lines of the instructions stay lines, and addresses in them can be pressed', () => {
  const { html } = mailTo('joining', { event: { joining } });
  expect(html).toContain('Cameras on.<br>Microphones off');
  expect(html).toMatch(
    /<a class="accent" href="https:\/\/example\.org\/guide" [^>]+>https:\/\/example\.org\/guide<\/a>\./,
  );
});

test('in person it has the place and what to bring, and no link to join by', () => {
  const mail = mailTo('joining', {
    event: { ...IN_PERSON, joining: { ...joining, instructions: 'Bring your badge.' } },
  });
  expect(mail.subject).toMatch(/^Before you come: /);
  expect(mail.text).toContain('Where: Town Hall');
  expect(mail.text).toContain('BEFORE YOU COME Bring your badge.');
  expect(mail.text).not.toContain(mail.links.join);
  expect(mail.text).not.toContain('IF IT DOES NOT WORK');
});

test('a hybrid event has both', () => {
  const mail = mailTo('joining', { event: { format: 'hybrid', place: 'Town Hall', joining } });
  expect(mail.text).toContain('Where: Town Hall, or online');
  expect(mail.text).toContain('BEFORE YOU COME OR JOIN');
  expect(mail.text).toContain('If you come in person, you do not need it.');
});

test('without instructions there is no empty section', () => {
  expect(mailTo('joining').text).not.toContain('BEFORE YOU JOIN');
});

test('an organiser who wrote the real address into the instructions sends the link that knows the latest', () => {
  const instructions = `Use ${joining.url} from 9.`;
  for (const kind of ['joining', 'reminder', 'confirmation', 'change'] as const) {
    const mail = mailTo(kind, {
      event: { joining: { ...joining, instructions } },
      at: '2027-02-18T09:00:00Z',
      view: { bringsJoining: true },
    });
    expect(mail.text).toContain(`Use ${mail.links.join} from 9.`);
    for (const body of [mail.html, mail.text]) expect(body).not.toContain(joining.url);
  }
});

test('a confirmation that brings the joining mail says all that it would have said', () => {
  const given: MailGiven = { event: { joining }, at: TOMORROW };
  const { sections, ...carrier } = sectionsOf(mailTo('confirmation', { ...given, view: { bringsJoining: true } }));
  expect(carrier.subject).toMatch(/^Your place is confirmed: /);
  expect(buttonOf(carrier)).toBe(carrier.links.join);
  expect(carrier.text).toContain('It opens 15 minutes before the start, at 09:15 GMT.');
  expect(sections).toEqual(['Before you join', 'If it does not work', 'Your calendar', 'If you cannot come']);
  expect(sectionsOf(mailTo('confirmation', given)).sections).toEqual(['Your calendar', 'If you cannot come']);
});

test('so does one for an event in person', () => {
  const { sections } = sectionsOf(
    mailTo('confirmation', { event: { ...IN_PERSON, joining }, at: TOMORROW, view: { bringsJoining: true } }),
  );
  expect(sections).toEqual(['Before you come', 'Your calendar']);
});

const sectionsOf = <Mail extends { readonly html: string }>(mail: Mail) => ({
  ...mail,
  sections: [...mail.html.matchAll(/<h3 [^>]*>([^<]+)<\/h3>/g)].map(([, heading]) => heading),
});

test.each(['online', 'hybrid'] as const)('who registers during an %s event reads: join now', (format) => {
  const mail = mailTo('confirmation', { event: { format, joining }, at: LIVE });
  expect(mail.subject).toBe('Join now: it has started – Tackling Serious and Organised Crime in the UK');
  expect(mail.html).toContain('>Join now: it has started</h1>');
  expect(mail.html).toContain('>Join now</a>');
  expect(buttonOf(mail)).toBe(mail.links.join);
  expect(mail.text).toContain('Have your badge ready.');
  expect(mail.text).not.toContain('It opens');
});

test('who registers during an event in person is asked to come along', () => {
  const mail = mailTo('confirmation', { event: IN_PERSON, at: LIVE });
  expect(mail.subject).toMatch(/^Your place is confirmed: /);
  expect(mail.text).toContain('The event has started: please come along');
});
