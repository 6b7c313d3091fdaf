import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { readable } from '#test/support/guest-site.ts';

describe('my registration', () => {
  test('says what I have, when and where it is, there and here, and what I was sent', async () => {
    const { site, person } = await withPeople();
    const { status, body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` });
    expect(status).toBe(200);
    for (const text of [
      'You have a place.',
      'Thursday 18 February 2027, 09:30–13:00 GMT',
      'Your time: Thursday 18 February 2027, 18:30–22:00',
      'Webinar',
      'ada@example.org',
      'Confirmation: will be sent shortly',
      'Add to calendar',
    ]) {
      expect(readable(body)).toContain(text);
    }
  });

  test('is cancelled by a press, and taken back by another', async () => {
    const { site, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    expect(await press(site, path, 'cancel')).toMatchObject({ status: 303, headers: { location: path } });
    expect((await person()).status).toBe('cancelled');
    expect((await person()).greetDue).toContain('own-cancellation@a1');
    const { body } = await site.request({ path });
    expect(body).toContain('You have given up your place.');
    expect(body).toContain('Your cancellation</b>: will be sent shortly');
    expect(body).not.toContain('Confirmation</b>: will be sent');
    expect(body).not.toContain('Add to calendar');
    expect(await press(site, path, 'undo')).toMatchObject({ status: 303 });
    expect(await person()).toMatchObject({ status: 'confirmed', admissions: 2 });
    expect((await person()).greetDue).toContain('1@a2');
  });

  test('while I wait, tells my place in line; once somebody goes, I move up', async () => {
    const { site, event, person } = await withPeople({ capacity: 1 }, ['Ada', 'Bob', 'Cy']);
    const path = `/r/${site.tokenOf(await person('Cy'), 'manage')}`;
    expect((await site.request({ path })).body).toContain('You are on the waiting list, number 2 of 2 in line.');
    await press(site, `/r/${site.tokenOf(await person('Bob'), 'manage')}`, 'cancel');
    await site.decideSeats(event);
    expect((await site.request({ path })).body).toContain('number 1 of 1 in line');
  });

  test('stops optional mail and has it sent again', async () => {
    const { site, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    await press(site, path, 'mute');
    expect((await person()).muted).toBe(true);
    await press(site, path, 'unmute');
    expect((await person()).muted).toBeUndefined();
  });

  test.each<[string, Partial<Event>]>([
    ['cancelled', { state: 'cancelled' }],
    ['over', { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' }],
  ])('of an event that is %s leaves nothing to press', async (_, change) => {
    const { site, event, person } = await withPeople();
    await site.change(event, change);
    const { body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` });
    expect(body).not.toContain('<button');
  });

  test('of a postponed event keeps its place', async () => {
    const { site, event, person } = await withPeople();
    await site.change(event, { state: 'postponed' });
    const { body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` });
    expect(body).toContain('You keep your place.');
    expect(body).toContain('name="cancel"');
  });

  test('cannot be taken back once registration is closed', async () => {
    const { site, event, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    await press(site, path, 'cancel');
    const open = await site.request({ path });
    await site.change(event, { state: 'cancelled' });
    const answer = await press(site, path, 'undo', open);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('This event has been cancelled.');
    expect((await person()).status).toBe('cancelled');
  });

  test('leads on to what there is for me at that moment: the way in, the survey, the certificate', async () => {
    const joining = { url: 'https://meet.example.org/1', opensBefore: 'PT15M' };
    const { site, event, person } = await withPeople({ joining });
    const page = async () => (await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` })).body;
    expect(await page()).toContain(`href="/j/${site.tokenOf(await person(), 'join')}"`);
    expect(await page()).not.toMatch(/href="\/[sc]\//);
    await site.registrations.revise(await person(), (row) => ({ row: { ...row, joinedAt: 1 } }));
    const ended = { startInstant: '2026-11-20T09:00:00Z', endInstant: '2026-11-20T10:00:00Z' };
    await site.change(event, ended);
    expect(await page()).toContain(`href="/s/${site.tokenOf(await person(), 'survey')}"`);
    expect(await page()).toContain(`href="/c/${site.tokenOf(await person(), 'certificate')}"`);
    expect(await page()).not.toMatch(/href="\/j\//);
  });
});
