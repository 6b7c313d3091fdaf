import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { withPeople } from '#test/support/guest-people.ts';

test.each<[Partial<Event>, string]>([
  [{}, 'This event has no survey.'],
  [{ survey: { anonymous: false, closesAfter: 'P14D' } }, 'The survey comes after the event.'],
  [
    {
      survey: { anonymous: false, closesAfter: 'P14D' },
      startInstant: '2026-01-01T09:00:00Z',
      endInstant: '2026-01-01T10:00:00Z',
    },
    'The survey is not open yet.',
  ],
])('the survey’s page says what will be there: %j', async (change, sentence) => {
  const { site, event, person } = await withPeople();
  await site.change(event, change);
  expect((await site.request({ path: `/s/${site.tokenOf(await person(), 'survey')}` })).body).toContain(sentence);
});
