import { expect, test } from 'vitest';
import { facts } from '#events/catalogue.ts';
import { linkRequested } from '#events/link-requested.ts';
import { heard as hearing, isFromBus, wishIn } from '#functions/guest-site/heard.ts';
import { OutOfPatience, patienceSignal } from '#shared/patience.ts';
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

test('whoever looks has as long as the function, and gives up before Lambda stops it: then it is tried again', async () => {
  const fact = heard(linkRequested.name, linkRequested.example);
  const seen: string[] = [];
  let hasEnd = false;
  const look = hearing(async (wishId) => {
    seen.push(wishId);
    hasEnd = patienceSignal() !== undefined;
  });
  await expect(look(fact, { getRemainingTimeInMillis: () => 2000 })).rejects.toThrow(OutOfPatience);
  expect(seen).toEqual([]);
  await look(fact, { getRemainingTimeInMillis: () => 29_000 });
  expect(seen).toEqual([linkRequested.example.wishId]);
  expect(hasEnd).toBe(true);
});
