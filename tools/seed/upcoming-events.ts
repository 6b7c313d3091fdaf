import type { SeedCalendar } from './dates.ts';
import type { SeedEvent } from './seed-event.ts';

const LONDON = 'Europe/London';

/** What an ordinary programme looks like: online, in person and hybrid, with and without a limit of seats. */
export const upcomingEvents = ({ inWeeks, inDays }: SeedCalendar): SeedEvent[] => {
  const soon = inDays(4);
  const town = inWeeks(3, 2);
  const adults = inWeeks(5, 3);
  const conference = inWeeks(9, 1);
  const conferenceEnds = inWeeks(9, 2);
  return [
    {
      state: 'published',
      event: {
        slug: 'county-lines-spotting-the-signs',
        title: 'County Lines: spotting the signs early',
        strapline: 'A lunchtime briefing for schools, housing and health',
        format: 'online',
        startsAt: `${soon}T12:30`,
        endsAt: `${soon}T13:30`,
        timeZone: LONDON,
        place: 'Webinar',
        description:
          'An hour on what exploitation looks like from the doorstep, the classroom and the waiting room, and on **whom to tell** when something does not feel right.\n\nBring a question; a good part of the hour is for those.',
        programme: ['Signs that are easy to miss', 'What to write down, and what not to ask', 'Questions'],
        audience: ['Teachers and pastoral staff', 'Housing officers', 'General practice teams'],
        topics: ['Organised crime', 'Safeguarding'],
        joining: { url: 'https://meet.example.org/county-lines' },
      },
      registrations: 2,
    },
    {
      state: 'published',
      event: {
        slug: 'safer-town-centres-working-day',
        title: 'Safer Town Centres: a working day',
        strapline: 'Retail crime, the night-time economy and the public realm, around one table',
        format: 'in-person',
        startsAt: `${town}T10:00`,
        endsAt: `${town}T16:30`,
        timeZone: LONDON,
        place: 'Example Hall, 1 Example Street, Leicester',
        description:
          'A day of short talks and long tables. Each table works on a town centre of its own and leaves with a plan for ninety days.\n\n- Step-free access throughout\n- Lunch is provided\n- A quiet room is available',
        programme: [
          'What shop workers face',
          'Streets that feel safe after dark',
          'Table work: a plan for ninety days',
        ],
        audience: ['Community Safety Partnerships', 'Business improvement districts', 'Licensing officers'],
        topics: ['Community safety', 'Retail crime'],
        capacity: 60,
        questions: [
          {
            id: 'dietary',
            label: 'What should the kitchen know?',
            type: 'choices',
            options: ['Vegetarian', 'Vegan', 'Halal', 'Kosher', 'Gluten-free'],
          },
          { id: 'access', label: 'What would help you take part?', type: 'text' },
        ],
      },
      registrations: 3,
    },
    {
      state: 'published',
      event: {
        slug: 'protecting-adults-at-risk-online',
        title: 'Protecting Adults at Risk Online',
        strapline: 'In the room in Birmingham or from your desk',
        format: 'hybrid',
        startsAt: `${adults}T09:30`,
        endsAt: `${adults}T15:00`,
        timeZone: LONDON,
        place: 'Example Conference Centre, Birmingham, and online',
        description:
          'Fraud, coercion and loneliness meet on the same screen. This day brings together those who see one part of it each, and asks what a joined-up answer would be.',
        programme: ['The first message: how contact is made', 'When the bank calls', 'Working with families'],
        audience: ['Safeguarding adults boards', 'Fraud prevention teams', 'Victim care organisations'],
        topics: ['Safeguarding', 'Fraud'],
        capacity: 120,
        questions: [
          {
            id: 'attending',
            label: 'How will you take part?',
            type: 'choice',
            required: true,
            options: ['In the room', 'Online'],
            segment: true,
          },
        ],
        joining: { url: 'https://meet.example.org/adults-at-risk', opensBefore: 'PT30M' },
      },
    },
    {
      state: 'published',
      event: {
        slug: 'evidence-and-practice-annual-conference',
        title: 'Evidence and Practice: the annual conference',
        strapline: 'Two days, one question: what works?',
        format: 'hybrid',
        startsAt: `${conference}T10:00`,
        endsAt: `${conferenceEnds}T16:00`,
        timeZone: LONDON,
        place: 'Example University, Manchester, and online',
        description:
          'Research that practitioners can use, told in plain words, and practice that researchers should know about. The programme is being drawn up; proposals are welcome until a month before.',
        speakers: [{ name: 'Speaker to be announced' }],
        topics: ['Research', 'Policing', 'Community safety'],
        capacity: 300,
      },
    },
  ];
};
