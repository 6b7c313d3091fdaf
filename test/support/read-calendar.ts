import ICAL from 'ical.js';

/** An iCalendar file as another program reads it, with its own zone rules: ours are not asked. */
export function readCalendar(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((component) => {
      const zone = new ICAL.Timezone(component);
      return [zone.tzid, zone];
    }),
  );
  return {
    calendar,
    zones: [...zones.keys()],
    events: calendar.getAllSubcomponents('vevent').map((component) => readEvent(component, zones)),
  };
}

function readEvent(component: ICAL.Component, zones: ReadonlyMap<string, ICAL.Timezone>) {
  const text = (name: string): string | undefined => component.getFirstPropertyValue(name)?.toString();
  return {
    component,
    start: instantIn(component, 'dtstart', zones),
    end: instantIn(component, 'dtend', zones),
    uid: text('uid'),
    sequence: component.getFirstPropertyValue('sequence'),
    stamp: text('dtstamp'),
    summary: text('summary'),
    location: text('location'),
    description: text('description'),
    url: text('url'),
    status: text('status'),
    organiser: text('organizer'),
    organiserName: component.getFirstProperty('organizer')?.getFirstParameter('cn'),
    attendees: component.getAllProperties('attendee').map((attendee) => ({
      address: attendee.getFirstValue()?.toString(),
      name: attendee.getFirstParameter('cn'),
    })),
  };
}

/** "2027-02-18T09:30:00Z". Throws when the file does not say what its zone is. */
function instantIn(component: ICAL.Component, name: string, zones: ReadonlyMap<string, ICAL.Timezone>): string {
  const property = component.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!(time instanceof ICAL.Time)) throw new Error(`No ${name}`);
  const tzid = property?.getFirstParameter('tzid');
  const zone = tzid === undefined ? ICAL.Timezone.utcTimezone : zones.get(tzid);
  if (!zone) throw new Error(`No VTIMEZONE for ${tzid}`);
  const local = time.clone();
  local.zone = zone;
  return `${new Date(local.toUnixTime() * 1000).toISOString().slice(0, 19)}Z`;
}
