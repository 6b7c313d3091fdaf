import { expect, test } from 'vitest';
import { destinationOf, mayReach } from '#shared/domain/mail-mode.ts';

const allowList = ['ada@example.org', '@example.com'];

test.each([
  ['ada@example.org', true],
  ['bob@example.org', false],
  ['anybody@example.com', true],
  ['anybody@sub.example.com', false],
  ['anybody@badexample.com', false],
  ['ada@example.org@example.net', false],
])('a stage with an allow-list and %s', (address, reached) => {
  expect(mayReach({ mode: 'allow-list', allowList })(address)).toBe(reached);
  expect(destinationOf({ mode: 'allow-list', allowList }, address)).toBe(address);
});

test('an empty allow-list reaches nobody', () => {
  expect(mayReach({ mode: 'allow-list', allowList: [] })('ada@example.org')).toBe(false);
});

test('a live stage mails everybody, whatever its list says', () => {
  expect(mayReach({ mode: 'live', allowList })('eve@example.net')).toBe(true);
  expect(destinationOf({ mode: 'live', allowList }, 'eve@example.net')).toBe('eve@example.net');
});

test('from a stage with a simulator nothing leaves: all mail goes to the simulator of SES', () => {
  expect(mayReach({ mode: 'simulator', allowList: [] })('eve@example.net')).toBe(true);
  expect(destinationOf({ mode: 'simulator', allowList }, 'ada@example.org')).toMatch(/@simulator\.amazonses\.com$/);
});
