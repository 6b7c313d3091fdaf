import { describe, expect, test } from 'vitest';
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
});
