import { expect, test } from 'vitest';
import { isOrganiserKind, MAIL_KINDS, MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { MailView } from '#shared/mail/mail-view.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';
import { aMailView } from '#test/support/mail-view.ts';

const TITLE = 'Tackling Serious and Organised Crime in the UK';
const SHOWN = '\n\n';
const viewOf = (given: Partial<Registration>, rest: Partial<MailView> = {}) =>
  aMailView({ registration: aRegistration(given), ...rest });
const invited = { sequence: 1, deliveries: { '1@a1': 'delivered|1795000000|1|a1b2c3|1' } };

/** The day after the event. */
const AFTERWARDS = { now: Date.parse('2027-02-19T09:00:00Z') / 1000 };

const WAYS: Record<(typeof MAIL_KINDS)[number], MailView> = {
  confirmation: viewOf({}),
  waitlist: viewOf({ status: 'waitlisted' }, { place: 7 }),
  'own-cancellation': viewOf({ status: 'cancelled', ...invited }),
  resend: viewOf({}),
  'already-registered': viewOf({}),
  'confirm-address': viewOf({ status: 'applied', confirmBy: NOW_EPOCH + 86_400 }),
  'new-address': viewOf({ newEmail: 'ada@example.com' }),
  'address-moved': viewOf(
    { email: 'ada@example.com' },
    { left: { email: 'ada@example.org', since: NOW_EPOCH, sequence: 2 } },
  ),
  'move-objected': viewOf({}),
  joining: viewOf({}),
  reminder: viewOf({}),
  survey: viewOf({}, AFTERWARDS),
  nudge: viewOf({}, AFTERWARDS),
  announcement: viewOf({}),
  change: viewOf({}),
  postponed: viewOf({}, { event: anEvent({ state: 'postponed' }) }),
  cancelled: viewOf({}, { event: anEvent({ state: 'cancelled' }) }),
  alert: viewOf({}),
  'prove-organiser': viewOf({}),
  'test-send': viewOf({}, { tested: 'reminder' }),
};
const FOR_PEOPLE = MAIL_KINDS.filter((kind) => !isOrganiserKind(kind));

test.each([
  ['confirmation', `Your place is confirmed: ${TITLE}`],
  ['waitlist', `You are number 7 on the waiting list: ${TITLE}`],
  ['own-cancellation', `Your registration is cancelled: ${TITLE}`],
  ['resend', `You have a place: ${TITLE}`],
  ['already-registered', `You are already registered: ${TITLE}`],
  ['confirm-address', `Please confirm your registration: ${TITLE}`],
  ['new-address', `Please confirm your new address: ${TITLE}`],
  ['address-moved', `Your registration has another email address now: ${TITLE}`],
  ['move-objected', `Somebody objected to the change of your address: ${TITLE}`],
  ['joining', `How to join: ${TITLE}`],
  ['reminder', `In 87 days: ${TITLE}`],
  ['survey', `How was it? ${TITLE}`],
  ['nudge', `Your answer is still welcome: ${TITLE}`],
  ['announcement', `News about your event: ${TITLE}`],
  ['change', `When and where it takes place: ${TITLE}`],
  ['postponed', `Postponed: ${TITLE}`],
  ['cancelled', `Cancelled: ${TITLE}`],
  ['alert', `The joining address is missing: ${TITLE}`],
] as const)('a mail of kind %s says its news in the subject and in the first line: %s', (kind, subject) => {
  const mail = renderMail(kind, WAYS[kind]);
  expect(mail.subject).toBe(subject);
  expect(mail.text.split(SHOWN)[0]?.replaceAll('\n', ' ')).toBe(subject);
  expect(mail.html).toContain(`>${subject.slice(0, -TITLE.length).replace(/:? $/, '')}</h1>`);
});

test.each(MAIL_KINDS)('a mail of kind %s is written for people: greeting, button, address in words, why', (kind) => {
  const view = WAYS[kind];
  const { html, text, preview } = renderMail(kind, view);
  for (const body of [html, text]) {
    // Nobody knows yet whether the name is theirs who are asked that.
    if (kind === 'prove-organiser') expect(body).not.toContain('Ada');
    else expect(body).toContain(['new-address', 'address-moved'].includes(kind) ? 'Hello,' : 'Hello Ada Lovelace,');
    expect(body).toContain('You get this mail because');
  }
  expect(preview.length).toBeGreaterThan(20);
  expect(html).toContain(`>${preview.replaceAll("'", '&#39;')}&#847;`);
  expect(html.match(/class="press"/g)).toHaveLength(1);
  const [, url] = /class="press" href="([^"]+)"/.exec(html) ?? [];
  expect(html).toContain(`>${url}</a>`);
  expect(text).toContain(`\n${url}\n`);
});

test.each(FOR_PEOPLE)('a mail of kind %s says whom to ask', (kind) => {
  const { html, text } = renderMail(kind, WAYS[kind]);
  for (const body of [html, text]) {
    expect(body.replaceAll('\n', ' ')).toContain(
      'Reply to this mail: your answer goes to Global Progressive Policing.',
    );
  }
});

test.each(MAIL_KINDS)('a mail of kind %s loads nothing, runs nothing and is small', (kind) => {
  const { html } = renderMail(kind, WAYS[kind]);
  expect(html).not.toMatch(/<img|<link|<script|<iframe|url\(|@import|src=/i);
  expect(Buffer.byteLength(html)).toBeLessThan(20_000);
});

test.each(MAIL_KINDS)('a mail of kind %s has a language, a title and both colour schemes', (kind) => {
  const { html, subject } = renderMail(kind, WAYS[kind]);
  expect(html).toContain('<html lang="en-GB"');
  expect(html).toContain(`<title>${subject}</title>`);
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html).toContain('@media (prefers-color-scheme:dark)');
});

test.each(MAIL_KINDS)('a mail of kind %s is laid out in columns of text: 72 wide, but for addresses', (kind) => {
  const lines = renderMail(kind, WAYS[kind]).text.split('\n');
  expect(lines.filter((line) => line.length > 72 && !line.includes('https://'))).toEqual([]);
});

test.each(FOR_PEOPLE)('a mail of kind %s tells times only if its rule keeps what was told', (kind) => {
  const { html, text } = renderMail(kind, WAYS[kind]);
  for (const body of [html, text]) expect(body.includes('09:30')).toBe(MAIL_RULES[kind].tellsSchedule);
});

test.each(MAIL_KINDS)('a mail of kind %s is the same for the same view', (kind) => {
  expect(renderMail(kind, WAYS[kind])).toEqual(renderMail(kind, WAYS[kind]));
});

test.each(MAIL_KINDS)('a mail of kind %s offers to stop what can be stopped, and nothing else', (kind) => {
  const view = WAYS[kind];
  const { html, text } = renderMail(kind, view);
  for (const body of [html, text]) expect(body.includes(view.links.stop)).toBe(MAIL_RULES[kind].stoppedByMute);
});

test('nothing of a registration is in a mail but the name', () => {
  const registration = aRegistration({
    email: 'secret@example.org',
    linkSeed: 'seed-of-all-links',
    timeZone: 'Etc/GMT+5',
    privacyVersion: 'privacy-version-3',
  });
  for (const kind of MAIL_KINDS) {
    const { html, text, subject } = renderMail(kind, aMailView({ registration }));
    for (const body of [html, text, subject]) {
      expect(body).not.toMatch(/secret@|seed-of-all-links|Etc\/GMT|privacy-version/);
    }
  }
});

test('a mail about an event of another name says so everywhere', () => {
  const { html, text, subject } = renderMail('confirmation', aMailView({ event: anEvent({ title: 'Safer Streets' }) }));
  for (const body of [html, text, subject]) expect(body).toContain('Safer Streets');
});
