import { expect, test } from 'vitest';
import { askedAtOf, noteOf, type RequestNote, takenUp } from '#shared/domain/request-note.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';

const DAY = 24 * 3600;
const first = noteOf('a-body', 'aaaaaa', NOW_EPOCH);
/** As it was noted before notes said when they were asked for. */
const older = ({ askedAt: _, ...note }: RequestNote): RequestNote => note;
const again = (bodyHash: string, now: number) => noteOf(bodyHash, 'bbbbbb', now);

test('a note says when its request was first asked for, and so does an older one', () => {
  const done: RequestNote = { ...first, state: 'done', heldUntil: NOW_EPOCH + DAY };
  for (const note of [first, older(first), done, older(done)]) expect(askedAtOf(note)).toBe(NOW_EPOCH);
});

test('taken up after its owner died, however often, it stays the request of then', () => {
  const second = takenUp(older(first), again('a-body', NOW_EPOCH + 600), NOW_EPOCH + 600);
  const third = takenUp(second, again('a-body', NOW_EPOCH + 1200), NOW_EPOCH + 1200);
  expect(third).toEqual({ ...again('a-body', NOW_EPOCH + 1200), askedAt: NOW_EPOCH });
});

test.each<[string, RequestNote, string, number]>([
  ['with another body', first, 'another-body', 600],
  ['that was done, once its name is free', { ...first, state: 'done', heldUntil: NOW_EPOCH + DAY }, 'a-body', DAY + 1],
  ['that died, a day later', first, 'a-body', DAY + 1],
])('one %s is another request', (_, known, bodyHash, after) => {
  const now = NOW_EPOCH + after;
  expect(takenUp(known, again(bodyHash, now), now)).toEqual(again(bodyHash, now));
});
