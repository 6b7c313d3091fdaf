import { expect, test } from 'vitest';
import { buttonOf, mailTo } from '#test/support/mail-to.ts';

const at = '2027-02-18T15:00:00Z';

test.each(['survey', 'nudge'] as const)('a %s asks who was there, and thanks nobody for coming', (kind) => {
  const mail = mailTo(kind, { at });
  expect(mail.text).toContain('If you were there, please say how it was.');
  expect(mail.text).not.toMatch(/thank you for (coming|joining)|sorry/i);
  expect(buttonOf(mail)).toBe(mail.links.survey);
  expect(mail.text).toContain(mail.links.stop);
});

test.each(['survey', 'nudge'] as const)('a %s has the recording where there is one', (kind) => {
  const recordingUrl = 'https://video.example.org/1';
  const { text, html } = mailTo(kind, { at, event: { recordingUrl } });
  expect(text).toContain(`THE RECORDING You can watch the event again, or for the first time. ${recordingUrl}`);
  expect(html).toContain(`href="${recordingUrl}"`);
  expect(mailTo(kind, { at }).text).not.toContain('RECORDING');
});
