/** All that an organiser may put into a template, with what becomes of it. The list is closed: nothing else is filled. */
export const PLACEHOLDERS = {
  name: 'The name of the person; “guest” until their address has proved itself by a mail that arrived or a press',
  event: 'The title of the event',
  when: 'Day and time in the zone of the event, and in the zone of the person where their clocks differ',
  where: 'The place, and that it is online where it is',
  joinLink: 'Their own way in; empty for who has no place, for an event in person, and while it is not going ahead',
  manageLink: 'Their registration, to see or cancel it',
  surveyLink: 'Their survey; empty for who has no place, and where the event has none',
  recordingLink: 'The recording; empty while there is none',
  eventLink: 'The page of the event',
  organiser: 'The name of the organiser',
} as const satisfies Record<string, string>;

export type Placeholder = keyof typeof PLACEHOLDERS;

/** What each placeholder is for one person. */
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

export const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(PLACEHOLDERS, name);

/** Whether its value is an address, which may be the target of a link. */
export const isLink = (name: Placeholder): boolean => name.endsWith('Link');

/** `{{name}}`, or the begin (`#`, shown if it is not empty; `^`, if it is) or the end (`/`) of a section. */
export interface TemplateTag {
  readonly sign: '' | '#' | '^' | '/';
  readonly name: Placeholder;
}

/** How a tag is written, as a regular expression: sign and name are its groups. */
export const TAG = `\\{\\{\\s*([#^/]?)\\s*(${Object.keys(PLACEHOLDERS).join('|')})\\s*\\}\\}`;

/** The tag in its one spelling. */
export const writeTag = ({ sign, name }: TemplateTag): string => `{{${sign}${name}}}`;

/** Whether words tell people when or where: what they were told by them has to be known. */
export const tellsSchedule = ({ subject, body }: { readonly subject: string; readonly body: string }): boolean =>
  [...`${subject}\n${body}`.matchAll(new RegExp(TAG, 'g'))].some(
    ([, sign, name]) => sign === '' && (name === 'when' || name === 'where'),
  );
