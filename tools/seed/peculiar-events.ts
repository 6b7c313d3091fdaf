import type { SeedCalendar } from './dates.ts';
import type { SeedEvent } from './seed-event.ts';

const LONDON = 'Europe/London';

/** One of everything that a page, a list or a mail has to get right besides the ordinary. */
export const peculiarEvents = ({ inWeeks, inDays }: SeedCalendar): SeedEvent[] => {
  const full = inWeeks(4, 4);
  const queue = inWeeks(6, 2);
  const cancelled = inWeeks(2, 3);
  const long = inWeeks(7, 5);
  const toronto = inWeeks(8, 3);
  const auckland = inWeeks(10, 4);
  const unlisted = inDays(10);
  const draft = inWeeks(16, 2);
  return [
    {
      state: 'published',
      event: {
        slug: 'trauma-informed-interviewing-workshop',
        title: 'Trauma-Informed Interviewing: a small-group workshop',
        strapline: 'Four places, a whole day, and time to practise',
        format: 'in-person',
        startsAt: `${full}T09:00`,
        endsAt: `${full}T17:00`,
        timeZone: LONDON,
        place: 'Example House, York',
        description: 'Practice interviews with trained actors, in a group small enough for everybody to have a turn.',
        topics: ['Policing', 'Victim care'],
        capacity: 4,
      },
      registrations: 4,
    },
    {
      state: 'published',
      event: {
        slug: 'control-room-study-visit',
        title: 'A Morning in the Control Room: study visit',
        strapline: 'See how calls become decisions',
        format: 'in-person',
        startsAt: `${queue}T08:30`,
        endsAt: `${queue}T12:00`,
        timeZone: LONDON,
        place: 'Example Control Centre, Cardiff',
        description: 'Sit beside the people who answer. Places are few because desks are; there is a waiting list.',
        topics: ['Policing', 'Emergency services'],
        capacity: 3,
      },
      registrations: 6,
    },
    {
      state: 'cancelled',
      event: {
        slug: 'winter-resilience-for-emergency-services',
        title: 'Winter Resilience for Emergency Services',
        strapline: 'Getting ready before the first frost',
        format: 'online',
        startsAt: `${cancelled}T14:00`,
        endsAt: `${cancelled}T16:00`,
        timeZone: LONDON,
        place: 'Webinar',
        description: 'Planning for ice, floods and full wards: what three services learned last winter.',
        topics: ['Emergency services', 'Resilience'],
      },
    },
    {
      state: 'published',
      event: {
        slug: 'information-sharing-long-title',
        title:
          'Information Sharing Between Police, Health, Education, Housing and the Voluntary Sector in Multi-Agency Safeguarding: what the law allows, what practice needs and how to bring the two together',
        format: 'online',
        startsAt: `${long}T10:00`,
        endsAt: `${long}T12:30`,
        timeZone: LONDON,
        place: 'Webinar',
        description: 'Most of what goes wrong was known to somebody. A morning on telling the right person in time.',
        topics: ['Safeguarding', 'Data protection'],
        capacity: 500,
        registrationClosesAt: `${inWeeks(7, 4)}T17:00`,
      },
    },
    {
      state: 'published',
      event: {
        slug: 'overdose-response-across-borders',
        title: 'Overdose Response Across Borders',
        strapline: 'A transatlantic exchange, hosted from Toronto',
        format: 'online',
        startsAt: `${toronto}T09:00`,
        endsAt: `${toronto}T11:30`,
        timeZone: 'America/Toronto',
        place: 'Webinar, hosted from Toronto',
        description: 'Outreach teams from two continents compare what they carry, whom they call and what they count.',
        topics: ['Drugs', 'Public health'],
      },
    },
    {
      state: 'published',
      event: {
        slug: 'restorative-justice-te-ao-maori',
        title: 'Restorative Justice in Aotearoa New Zealand: learning from family group conferences',
        format: 'hybrid',
        startsAt: `${auckland}T10:00`,
        endsAt: `${auckland}T12:00`,
        timeZone: 'Pacific/Auckland',
        place: 'Example Centre, Auckland, and online',
        description:
          'How whānau, those harmed and those responsible sit down together, and what that asks of the host.',
        topics: ['Youth justice', 'Restorative justice'],
        capacity: 80,
      },
    },
    {
      state: 'published',
      event: {
        slug: 'speakers-rehearsal',
        title: 'Speakers’ rehearsal',
        strapline: 'For speakers and hosts; not in the catalogue',
        format: 'online',
        visibility: 'unlisted',
        startsAt: `${unlisted}T16:00`,
        endsAt: `${unlisted}T16:45`,
        timeZone: LONDON,
        place: 'Webinar',
        description: 'Sound, slides and running order.',
        topics: ['Internal'],
        capacity: 20,
      },
    },
    {
      state: 'draft',
      event: {
        slug: 'rural-crime-forum-draft',
        title: 'Rural Crime Forum',
        format: 'in-person',
        startsAt: `${draft}T10:00`,
        endsAt: `${draft}T15:00`,
        timeZone: LONDON,
        place: 'To be decided',
        description: 'Being planned: only organisers see this one.',
        topics: ['Rural crime'],
      },
    },
  ];
};
