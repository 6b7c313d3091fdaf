import { expect, test } from 'vitest';
import { NO_SURVEY } from '#shared/domain/survey.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { templateValues } from '#shared/mail/template-values.ts';
import { renderTemplate } from '#shared/markdown/render-template.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { buttonOf, type MailGiven, mailTo } from '#test/support/mail-to.ts';
import { aMailView } from '#test/support/mail-view.ts';

const words = (body: string, subject = 'A second keynote') => renderTemplate({ subject, body });
const told = (kind: Parameters<typeof mailTo>[0], body: string, given: MailGiven = {}) =>
  mailTo(kind, { ...given, view: { template: words(body), ...given.view } });
const AFTERWARDS = '2027-02-19T09:00:00Z';

test('the organiser’s words are the subject, the first line and the lead; the rest of the mail stays', () => {
  const mail = told('reminder', 'Bring **questions**.');
  const plain = mailTo('reminder');
  expect(mail.subject).toBe('A second keynote');
  expect(mail.html).toContain('A second keynote</h1>');
  expect(mail.html).toMatch(/<p style="[^"]+">Bring <strong>questions<\/strong>\.<\/p>/);
  expect(mail.text).toContain('A second keynote Hello Ada Lovelace, Bring questions. Tackling Serious');
  expect(mail.text).not.toContain('A reminder that you have a place');
  expect(mail.preview).toBe('Bring questions.');
  const rest = plain.text.slice(plain.text.indexOf('When:'));
  expect(mail.text).toContain(rest);
  expect(buttonOf(mail)).toBe(buttonOf(plain));
});

test('words that call the person by name need no other greeting', () => {
  const { text, html } = told('reminder', 'Dear {{name}},\n\nsee you soon.');
  expect(text).toContain('Dear Ada Lovelace, see you soon.');
  for (const body of [text, html]) expect(body).not.toContain('Hello');
});

test('every kind of campaign takes the organiser’s words', () => {
  for (const kind of ['confirmation', 'joining', 'reminder', 'announcement'] as const) {
    expect(told(kind, 'Our own words.').text).toContain('Our own words.');
  }
  for (const kind of ['survey', 'nudge'] as const) {
    expect(told(kind, 'Our own words.', { at: AFTERWARDS }).text).toContain('Our own words.');
  }
});

test('who registers during the event reads ours: the organiser’s were written for people in good time', () => {
  const { subject, text } = told('confirmation', 'See you next week.', { at: '2027-02-18T10:00:00Z' });
  expect(subject).toMatch(/^Join now/);
  expect(text).not.toContain('next week');
});

test('a title fills a subject without its subtitle', () => {
  const title = 'Tackling Serious and Organised Crime in the UK: Exploring innovative approaches to a problem';
  const template = words('Words', 'Soon: {{event}}');
  expect(mailTo('reminder', { event: { title }, view: { template } }).subject).toBe(
    'Soon: Tackling Serious and Organised Crime in the UK',
  );
});

test('a subject that comes out empty gives way to the news of the kind', () => {
  const template = words('Words', '{{#recordingLink}}Watch it{{/recordingLink}}');
  expect(mailTo('survey', { at: AFTERWARDS, view: { template } }).subject).toBe('How was it?');
});

test('words kept before any markup was made of them are paragraphs, as typed', () => {
  const template = { subject: 'A second keynote', body: 'First <b>things</b>, {{name}}.\n\nThen *the* rest.' };
  const { html, text } = mailTo('announcement', { view: { template } });
  expect(html).toMatch(/<p style="[^"]+">First &lt;b&gt;things&lt;\/b&gt;, Ada Lovelace\.<\/p>/);
  expect(text).toContain('First <b>things</b>, Ada Lovelace. Then *the* rest.');
});

test('an announcement leaves the schedule out, and leads to the registration', () => {
  const mail = told('announcement', 'News.');
  expect(mail.text).not.toContain('09:30');
  expect(buttonOf(mail)).toBe(mail.links.manage);
  expect(buttonOf(mailTo('announcement'))).toBe(mail.links.event);
});

test('everything Markdown makes is dressed for inboxes that know no style sheets', () => {
  const { html } = told(
    'announcement',
    '# A\n- b\n\n> c\n\n1. d\n\n`e`\n\n---\n\nf | g\n--|--\n1 | 2\n\n[h](https://a.example)',
  );
  for (const element of ['h3', 'ul', 'ol', 'li', 'blockquote', 'code', 'hr', 'table', 'th', 'td', 'a']) {
    expect(html, element).toMatch(new RegExp(`<${element}( [^>]*)? style="[^"]+"`));
  }
});

test('long lines of the text are wrapped, and hang below their first word', () => {
  const item = 'word '.repeat(20).trim();
  const { text } = renderMail('reminder', aMailView({ template: words(`${item}\n\n10. ${item}\n\n> ${item}`) }));
  const fourteen = 'word '.repeat(14).trim();
  expect(text).toContain(`\n${fourteen}\n${'word '.repeat(6).trim()}\n`);
  expect(text).toContain(`\n10. ${'word '.repeat(13).trim()}\n    ${'word '.repeat(7).trim()}\n`);
  expect(text).toContain(`\n> ${fourteen}\n> ${'word '.repeat(6).trim()}\n`);
});

test('what each placeholder is for somebody with a place', () => {
  const view = aMailView({
    event: anEvent({ recordingUrl: 'https://video.example.org/1' }),
    registration: aRegistration({ timeZone: 'America/New_York' }),
  });
  expect(templateValues(view)).toEqual({
    name: 'Ada Lovelace',
    event: 'Tackling Serious and Organised Crime in the UK',
    when: 'Thursday 18 February 2027, 09:30–13:00 GMT (for you: Thursday 18 February 2027, 04:30–08:00 EST)',
    where: 'Webinar (online)',
    joinLink: view.links.join,
    manageLink: view.links.manage,
    surveyLink: view.links.survey,
    recordingLink: 'https://video.example.org/1',
    eventLink: view.links.event,
    organiser: 'Global Progressive Policing',
  });
});

test('an event without a survey has no link to one', () => {
  expect(templateValues(aMailView({ event: anEvent({ survey: NO_SURVEY }) })).surveyLink).toBe('');
});

test('whose clocks show the same reads one time, and nothing is there before there is a recording', () => {
  const { when, recordingLink } = templateValues(
    aMailView({ registration: aRegistration({ timeZone: 'Europe/Lisbon' }) }),
  );
  expect({ when, recordingLink }).toEqual({ when: 'Thursday 18 February 2027, 09:30–13:00 GMT', recordingLink: '' });
});

test.each([
  ['who waits', {}, { status: 'waitlisted' }],
  ['who cancelled', {}, { status: 'cancelled' }],
  ['who is not decided about', {}, { status: 'applied' }],
  ['an event in person', { format: 'in-person' }, {}],
  ['an event that is postponed', { state: 'postponed' }, {}],
  ['an event that is cancelled', { state: 'cancelled' }, {}],
] as const)('no way in for %s', (_, event, person) => {
  const view = aMailView({ event: anEvent(event), registration: aRegistration(person) });
  expect(templateValues(view).joinLink).toBe('');
  const { html, text } = mailTo('announcement', {
    view: {
      ...view,
      template: words('{{#joinLink}}Join: {{joinLink}}{{/joinLink}}{{^joinLink}}Not yet.{{/joinLink}}'),
    },
  });
  for (const body of [html, text]) {
    expect(body).toContain('Not yet.');
    expect(body).not.toContain(view.links.join);
  }
});

test('a postponed event has no time to tell', () => {
  expect(templateValues(aMailView({ event: anEvent({ state: 'postponed' }) })).when).toBe('a date to be announced');
});

test('a recording that the words lead to is not told again', () => {
  const event = { recordingUrl: 'https://video.example.org/1' };
  const own = told('survey', 'Watch: {{recordingLink}}', { event, at: AFTERWARDS });
  expect(own.text.split('https://video.example.org/1')).toHaveLength(2);
  expect(told('survey', 'Thanks.', { event, at: AFTERWARDS }).text).toContain('THE RECORDING');
});
