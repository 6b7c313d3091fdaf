import { describe, expect, test } from 'vitest';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';
import { buttonOf, type MailGiven, mailTo } from '#test/support/mail-to.ts';

const at = '2027-02-18T15:00:00Z';
const recordingUrl = 'https://video.example.org/1';
const joining = { url: 'https://meet.example.org/1', opensBefore: 'PT15M' };
const KINDS = ['survey', 'nudge'] as const;

/** Of an online event once it is final who came. */
const final = (given: MailGiven = {}): MailGiven => ({
  at: '2027-02-19T13:00:00Z',
  ...given,
  event: { joining, ...given.event },
});
const CAME = { joinedAt: Date.parse('2027-02-18T09:31:00Z') / 1000 };

test.each(KINDS)('a %s asks who was there, and thanks nobody for coming', (kind) => {
  for (const given of [{ at }, { at, event: { joining } }, { at, person: CAME }, { at: '2027-02-21T13:00:00Z' }]) {
    const mail = mailTo(kind, given);
    expect(mail.text).toContain('If you were there, please say how it was.');
    expect(mail.text).not.toMatch(/thank you for (coming|joining|being)|sorry|missed/i);
    expect(buttonOf(mail)).toBe(mail.links.survey);
    expect(mail.text).toContain(mail.links.stop);
  }
});

test.each(KINDS)('a %s has the recording where there is one', (kind) => {
  const { text, html } = mailTo(kind, { at, event: { recordingUrl } });
  expect(text).toContain(`THE RECORDING You can watch the event again, or for the first time. ${recordingUrl}`);
  expect(html).toContain(`href="${recordingUrl}"`);
  expect(mailTo(kind, { at }).text).not.toContain('RECORDING');
});

describe('once it is final who came', () => {
  test.each(KINDS)('a %s thanks those who did, and tells them of their certificate', (kind) => {
    const mail = mailTo(kind, final({ person: CAME }));
    expect(mail.text).toMatch(/Thank you for (being there|coming)\./);
    expect(mail.text).not.toMatch(/sorry|missed|if you were there/i);
    expect(buttonOf(mail)).toBe(mail.links.survey);
    expect(mail.text).toContain('YOUR CERTIFICATE OF ATTENDANCE It is on the page of the survey');
  });

  test.each(KINDS)('a %s tells those who did not that they were missed, and asks nothing first', (kind) => {
    const mail = mailTo(kind, final());
    expect(mail.subject).toMatch(/^Sorry we missed you: /);
    expect(mail.text).not.toMatch(/thank you|certificate|say how it was/i);
    expect(buttonOf(mail)).toBe(mail.links.event);
    expect(mail.text).toContain(`The survey is open to you, too.`);
    expect(mail.text).toContain(mail.links.survey);
  });

  test.each(KINDS)('a %s leads those who did not to the recording before all else', (kind) => {
    const mail = mailTo(kind, final({ event: { recordingUrl } }));
    expect(buttonOf(mail)).toBe(recordingUrl);
    expect(mail.preview).toBe('You can still watch the recording, whenever it suits you.');
    expect(mail.text.split(recordingUrl)).toHaveLength(2);
  });

  test.each(KINDS)('a %s with the organiser’s words is theirs to everybody, and its button asks', (kind) => {
    const template = { subject: 'How was it for you?', body: 'Our own words.' };
    for (const person of [CAME, {}]) {
      const mail = mailTo(kind, final({ person, event: { recordingUrl }, view: { template } }));
      expect(mail.subject).toBe('How was it for you?');
      expect(mail.text).not.toMatch(/sorry|missed/i);
      expect(buttonOf(mail)).toBe(mail.links.survey);
    }
  });

  test('a test of it tells the organiser neither', () => {
    const { text } = mailTo('test-send', final({ view: { tested: 'survey' } }));
    expect(text).toContain('If you were there, please say how it was.');
  });
});

test.each(KINDS)('a %s says that the answer is anonymous where it is, whoever reads it', (kind) => {
  const event = { survey: { ...DEFAULT_SURVEY, anonymous: true } };
  for (const given of [{ at, event }, final({ event }), final({ event, person: CAME })]) {
    expect(mailTo(kind, given).text).toContain('and it is anonymous.');
  }
  expect(mailTo(kind, { at }).text).not.toContain('anonymous');
});
