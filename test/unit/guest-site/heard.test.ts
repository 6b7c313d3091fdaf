import { expect, test } from 'vitest';
import { facts } from '#events/catalogue.ts';
import { linkRequested } from '#events/link-requested.ts';
import { isFromBus, wishIn } from '#functions/guest-site/heard.ts';
import { apiGatewayEvent } from '#test/support/http.ts';

const heard = (name: string, data: unknown) => ({
  id: 'b1',
  'detail-type': name,
  source: 'rollcall',
  detail: { id: 'a1', time: '2026-11-23T10:00:00Z', version: 1, data },
});

test('a fact from the bus names the wish it is about', () => {
  const fact = heard(linkRequested.name, linkRequested.example);
  expect(isFromBus(fact)).toBe(true);
  expect(wishIn(fact)).toBe(linkRequested.example.wishId);
});

test('no visitor’s request is taken for a fact, whatever it says', () => {
  const request = apiGatewayEvent({ path: '/', query: { 'detail-type': linkRequested.name } });
  expect(isFromBus(request)).toBe(false);
  expect(isFromBus({ ...request, 'detail-type': linkRequested.name })).toBe(false);
});

test('a fact of any other kind is refused', () => {
  for (const { name, example } of facts)
    if (name !== linkRequested.name) expect(() => wishIn(heard(name, example))).toThrow();
});
