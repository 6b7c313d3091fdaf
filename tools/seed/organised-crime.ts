import type { SeedCalendar } from './dates.ts';
import type { EventInput, SeedEvent } from './seed-event.ts';

/** The real listing this product is measured by: held once on its own date, and again about twelve weeks from today. */
export const organisedCrime = ({ inWeeks }: SeedCalendar): SeedEvent[] => {
  const again = inWeeks(12, 4);
  return [
    {
      state: 'published',
      event: {
        ...SYMPOSIUM,
        slug: 'tackling-serious-and-organised-crime-in-the-uk',
        startsAt: '2026-02-19T09:30',
        endsAt: '2026-02-19T13:00',
      },
    },
    {
      state: 'published',
      event: {
        ...SYMPOSIUM,
        slug: 'tackling-serious-and-organised-crime-in-the-uk-again',
        strapline: 'The symposium of February 2026, held again for everyone who could not be there',
        startsAt: `${again}T09:30`,
        endsAt: `${again}T13:00`,
        joining: {
          url: 'https://meet.example.org/organised-crime',
          instructions: 'Sign in with your full name and organisation, so that the hosts can let you in.',
        },
      },
    },
  ];
};

const DESCRIPTION = `
Organised crime reaches into every part of the country, and it is growing: more of it is arranged online, and unrest
abroad feeds it. The National Crime Agency counts **at least 59,000 people** as involved. What it costs the UK is put at
around **£47 billion a year**, above all through the drug trade (£26 billion), economic crime (£11 billion) and modern
slavery (£3 billion). Some threats hold steady; those tied to illicit drugs and to the internet have grown.

The response brings many agencies together to break up networks, build capability and aim at particular threats: more
money for the County Lines Programme and for the National Crime Agency, closer work across borders through the Joint
International Crime Centre, better technology against online and economic crime, more power for local and regional
forces, and new laws, on knife crime for example.

It is not easy work. Networks cross borders where laws differ, launder money with skill and take up every new
technology. The task is to undermine the way these groups do business, not only to solve one crime after another, in a
world where the threat is global and the rules are often national.

This half-day online symposium is for police officers, community safety partnerships, safeguarding boards and everyone
who works beside them: a morning to compare notes, learn what works elsewhere and leave with ideas to put to use.
`.trim();

const SYMPOSIUM = {
  title: 'Tackling Serious and Organised Crime in the UK: Exploring innovative approaches to a growing problem',
  strapline: 'A morning of practical ideas for everyone who has to answer a growing threat',
  format: 'online',
  timeZone: 'Europe/London',
  place: 'Webinar',
  description: DESCRIPTION,
  topics: ['Global progressive policing', 'Organised crime', 'Community safety'],
  speakers: [
    {
      name: 'Professor John Coxhead',
      role: 'Professor of Policing Practice',
      organisation: 'De Montfort University Business School',
    },
  ],
  programme: [
    'Where organised crime in the UK stands today, and what is coming towards law enforcement',
    'Present government policy under the lens: what it achieves and what it could do better',
    'Breaking up criminal networks: how agencies can work together more closely',
    'New ways of working across borders',
    'Keeping young people from being drawn in',
    'Law enforcement in a globalised criminal world: an exchange of views',
    'Fresh approaches to organised drug crime',
    'Technology: the trouble it brings and the openings it offers',
  ],
  audience: [
    'Regional Organised Crime Units',
    'Serious and Organised Crime Local Partnerships',
    'Police Service',
    'Police and Crime Commissioners',
    'Serious and Organised Crime Officers and Advisers',
    'Community Safety Partnerships',
    'Crime and Disorder Reduction Partnerships',
    'Multi-Agency Safeguarding Hubs',
    'Multi-Agency Risk Assessment Conferences',
    'Offender Management Services',
    'Fraud Prevention Teams',
    'Revenue and Customs Prosecutions Teams',
    'E-crime Teams',
    'Local Criminal Justice Boards',
    'Prison and Probation Services',
    'Crown Prosecution Service',
    'Criminal Justice Practitioners',
    'Victim Support Services',
    'Victim Care and Advocacy Organisations',
    'Neighbourhood Policing Teams',
    'Youth Offending Teams',
    'Youth Justice Boards',
    'Health and Wellbeing Boards',
    'Local Safeguarding Boards',
    'Immigration Enforcement Teams',
    'Human Trafficking Teams',
    'Troubled Families Teams',
    'Local Safeguarding Children Boards',
    'Community Cohesion Officers',
    'Community Engagement Officers',
    'Third Sector Practitioners',
    'Academics, Analysts and Researchers',
  ],
} as const satisfies Omit<EventInput, 'slug' | 'startsAt' | 'endsAt'>;
