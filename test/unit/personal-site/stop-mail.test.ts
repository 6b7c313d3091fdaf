import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted } from '#test/support/guest-site.ts';

describe('stopping optional mail', () => {
  test('asks first, then does it, then offers to take it back', async () => {
    const { site, person } = await withPeople();
    const path = `/u/${site.tokenOf(await person(), 'stop')}`;
    expect((await site.request({ path })).body).toContain('Stop optional mail?');
    expect(await press(site, path, 'mute')).toMatchObject({ status: 303, headers: { location: path } });
    expect((await site.request({ path })).body).toContain('Optional mail is stopped');
    await press(site, path, 'unmute');
    expect((await person()).muted).toBeUndefined();
  });

  const MULTIPART = [
    '--b',
    'Content-Disposition: form-data; name="List-Unsubscribe"',
    '',
    'One-Click',
    '--b--',
    '',
  ].join('\r\n');

  test.each([
    ['List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
    [MULTIPART, 'multipart/form-data; boundary=b'],
  ])('is done by the mail program’s own button (RFC 8058), without a page in between', async (body, type) => {
    const { site, person } = await withPeople();
    const path = `/u/${site.tokenOf(await person(), 'stop')}`;
    const answer = await site.request(posted(path, body, { 'content-type': type }));
    expect(answer.status).toBe(200);
    expect((await person()).muted).toBe(true);
    expect(await site.request(posted(path, body, { 'content-type': type }))).toMatchObject({ status: 200 });
  });

  test.each(['List-Unsubscribe=No', 'list-unsubscribe=one-click', 'x=List-Unsubscribe%3DOne-Click', ''])(
    'is not done by %j',
    async (body) => {
      const { site, person } = await withPeople();
      const answer = await site.request(posted(`/u/${site.tokenOf(await person(), 'stop')}`, body));
      expect(answer.status).toBe(409);
      expect((await person()).muted).toBeUndefined();
    },
  );

  const ONE_CLICK = 'List-Unsubscribe=One-Click';

  test.each(['the button', 'the mail program'])('by %s leaves the place, and all else, as it is', async (way) => {
    const { site, person } = await withPeople({ capacity: 5 });
    const before = await person();
    const path = `/u/${site.tokenOf(before, 'stop')}`;
    if (way === 'the button') await press(site, path, 'mute');
    else await site.request(posted(path, ONE_CLICK));
    expect(await person()).toEqual({ ...before, muted: true, provedAt: NOW_EPOCH });
    expect(before).toMatchObject({ status: 'confirmed', seat: 'taken' });
  });

  test('twice is once, in whichever ways, and taking it back twice is, too', async () => {
    const { site, person } = await withPeople();
    const path = `/u/${site.tokenOf(await person(), 'stop')}`;
    const page = await site.request({ path });
    await press(site, path, 'mute', page);
    const before = site.writes.length;
    expect(await press(site, path, 'mute', page)).toMatchObject({ status: 303 });
    expect(await site.request(posted(path, ONE_CLICK))).toMatchObject({ status: 200 });
    expect(site.writes).toHaveLength(before);
    const stopped = await site.request({ path });
    for (let times = 0; times < 2; times++) await press(site, path, 'unmute', stopped);
    expect(site.writes).toHaveLength(before + 1);
    expect((await person()).muted).toBeUndefined();
  });

  test('is taken back by a press alone: a mail program can only stop', async () => {
    const { site, person } = await withPeople();
    const path = `/u/${site.tokenOf(await person(), 'stop')}`;
    await site.request(posted(path, ONE_CLICK));
    for (const body of [ONE_CLICK, 'unmute=x', `unmute=x&${ONE_CLICK}`]) await site.request(posted(path, body));
    expect((await person()).muted).toBe(true);
  });

  test.each<[string, Partial<Event>, Partial<Registration>]>([
    ['somebody who waits', {}, { status: 'waitlisted', seat: 'waiting:1' }],
    ['somebody who gave up', {}, { status: 'cancelled' }],
    [
      'somebody at an event that is over',
      { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' },
      {},
    ],
    ['somebody at an event that was postponed', { state: 'postponed' }, {}],
  ])('works for %s', async (_, change, standing) => {
    const { site, event, person } = await withPeople();
    await site.change(event, change);
    await site.registrations.revise(await person(), (row) => ({ row: { ...row, ...standing } }));
    const before = await person();
    expect(await site.request(posted(`/u/${site.tokenOf(before, 'stop')}`, ONE_CLICK))).toMatchObject({ status: 200 });
    expect(await person()).toEqual({ ...before, muted: true, provedAt: NOW_EPOCH });
  });

  test('writes nothing of who was erased, before or in that very moment', async () => {
    const { site, person } = await withPeople();
    const row = await person();
    const path = `/u/${site.tokenOf(row, 'stop')}`;
    const read = site.registrations.withEvent;
    site.registrations.withEvent = async (...ids) => {
      const found = await read(...ids);
      await site.registrations.revise(row, (each) => ({ row: { ...each, erased: true } }));
      return found;
    };
    await site.request(posted(path, ONE_CLICK));
    site.registrations.withEvent = read;
    const before = site.writes.length;
    expect(await site.request(posted(path, ONE_CLICK))).toMatchObject({ status: 404 });
    expect(site.writes).toHaveLength(before);
    expect(site.items().filter((item) => 'muted' in item)).toEqual([]);
  });
});
