import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';

const PATH = '/events/a-morning/register';
const site = guestSite();
await site.publish(anEvent({ slug: 'a-morning' }));
const complete = { name: 'Ada Lovelace', email: 'ada@example.org' };

describe('a body that is no form', () => {
  test.each([
    ['JSON', 'application/json', 415],
    ['multipart', 'multipart/form-data; boundary=x', 415],
    ['plain text', 'text/plain', 415],
    ['another charset', 'application/x-www-form-urlencoded; charset=iso-8859-1', 415],
    ['nothing named', '', 415],
    ['a charset', 'application/x-www-form-urlencoded; charset=UTF-8', 200],
  ])('%s', async (_, type, status) => {
    const fields = { ...complete, email: `type${status}@example.org` };
    expect(await site.request(posted(PATH, fields, { 'content-type': type }))).toMatchObject({ status });
  });

  test.each(['name=%', 'name=%zz', 'name=%E0%A4%A', '%ff=x', 'name=%C3', 'name=%ED%A0%80'])(
    '%s is broken',
    async (body) => {
      const answer = await site.request(posted(PATH, body));
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('The form did not arrive as it was sent');
    },
  );

  test('bytes that are no UTF-8', async () => {
    const event = posted(PATH, 'x');
    const answer = await site.request({ ...event, body: Buffer.from([0x6e, 0x3d, 0xff, 0xfe]).toString('latin1') });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test.each([64 * 1024 + 1, 1024 * 1024])('%i bytes are too many', async (size) => {
    const answer = await site.request(posted(PATH, `name=${'x'.repeat(size - 5)}`));
    expect(answer.status).toBe(413);
    expect(answer.body).toContain('That was too much at once');
  });

  test('a thousand fields are too many', async () => {
    const body = Array.from({ length: 1000 }, (_, i) => `f${i}=x`).join('&');
    expect(await site.request(posted(PATH, body))).toMatchObject({ status: 413 });
  });

  test.each(['', '&&&', '=', '=x'])('%j names what is missing', async (body) => {
    const answer = await site.request(posted(PATH, body));
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<a href="#email">');
  });
});

test('no body, whatever its bytes, is a fault of ours', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), async (body, base64) => {
      const answer = await site.request({ ...posted(PATH, body), base64 });
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 100 },
  );
});
