import { expect, test } from 'vitest';
import { FaultOrder, faultPlan } from '#tools/local/ses-faults.ts';

test('a fault is used up after as many requests as were ordered', () => {
  const plan = faultPlan();
  plan.add({ next: 2, fault: 'throttle' });
  expect([1, 2, 3].map(() => plan.take(['ann@example.org']))).toEqual(['throttle', 'throttle', undefined]);
});

test('a fault ordered for one address leaves the others alone', () => {
  const plan = faultPlan();
  plan.add({ next: 1, fault: 'lose-reply', to: 'ann@example.org' });
  expect(plan.take(['bob@example.org'])).toBeUndefined();
  expect(plan.take(['Ann <ann@example.org>'])).toBe('lose-reply');
});

test('faults come in the order in which they were ordered', () => {
  const plan = faultPlan();
  plan.add({ next: 1, fault: 'reject' });
  plan.add({ next: 1, fault: 'hang' });
  expect([plan.take([]), plan.take([])]).toEqual(['reject', 'hang']);
});

test('an order that names no known fault is refused', () => {
  expect(FaultOrder.safeParse({ next: 1, fault: 'gremlins' }).success).toBe(false);
  expect(FaultOrder.safeParse({ next: 0, fault: 'hang' }).success).toBe(false);
});
