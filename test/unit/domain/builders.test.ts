import { expect, test } from 'vitest';
import { Campaign } from '#shared/domain/campaign.ts';
import { NewEvent } from '#shared/domain/edit-event.ts';
import { Event, EventText } from '#shared/domain/event.ts';
import { Registration } from '#shared/domain/registration.ts';
import { aCampaign, aNewEvent, anEvent, aRegistration, aText } from '#test/support/builders.ts';

test('what the builders make is what the product keeps', () => {
  expect(() => Event.parse(anEvent())).not.toThrow();
  expect(() => Event.parse(anEvent({ state: 'draft' }))).not.toThrow();
  expect(() => EventText.parse(aText())).not.toThrow();
  expect(() => Registration.parse(aRegistration())).not.toThrow();
  expect(() => Campaign.parse(aCampaign())).not.toThrow();
  expect(() => NewEvent.parse(aNewEvent())).not.toThrow();
});

test('every event and every person built has an id of its own', () => {
  expect(aRegistration().registrationId).not.toBe(aRegistration().registrationId);
  expect(anEvent().eventId).not.toBe(anEvent().eventId);
});

test('a built event has the instants and the schedule of its times', () => {
  const event = anEvent({ startsAt: '2027-07-01T09:00', endsAt: '2027-07-01T10:00', scheduleRevision: 3 });
  expect(event).toMatchObject({ startInstant: '2027-07-01T08:00:00Z', endInstant: '2027-07-01T09:00:00Z' });
  expect(event.schedules).toEqual({ 3: expect.objectContaining({ startsAt: '2027-07-01T09:00', state: 'published' }) });
});
