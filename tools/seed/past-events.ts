import type { SeedCalendar } from './dates.ts';
import type { SeedEvent } from './seed-event.ts';

const LONDON = 'Europe/London';

/** What the "past" tab has to show. */
export const pastEvents = ({ inWeeks }: SeedCalendar): SeedEvent[] => {
  const autumn = inWeeks(-5, 3);
  const summer = inWeeks(-17, 2);
  return [
    {
      state: 'published',
      event: {
        slug: 'neighbourhood-policing-what-residents-notice',
        title: 'Neighbourhood Policing: what residents notice',
        strapline: 'Findings from door-to-door conversations',
        format: 'online',
        startsAt: `${autumn}T13:00`,
        endsAt: `${autumn}T14:30`,
        timeZone: LONDON,
        place: 'Webinar',
        description: 'What people said when they were asked what they see, whom they know and whether it matters.',
        topics: ['Policing', 'Community safety'],
        recordingUrl: 'https://video.example.org/neighbourhood-policing',
      },
    },
    {
      state: 'published',
      event: {
        slug: 'young-people-and-knife-crime',
        title: 'Young People and Knife Crime: prevention that lasts',
        format: 'in-person',
        startsAt: `${summer}T09:30`,
        endsAt: `${summer}T16:00`,
        timeZone: LONDON,
        place: 'Example Community Centre, Bristol',
        description: 'Youth workers, teachers and officers on what keeps a young person out of harm for good.',
        topics: ['Youth justice', 'Community safety'],
        capacity: 90,
      },
    },
  ];
};
