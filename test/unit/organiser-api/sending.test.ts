import { expect, test } from 'vitest';
import { organiserApi } from '#test/support/organiser-api.ts';

test('all mail can be stopped, with a reason, and let go again; each is a fact', async () => {
  const api = await organiserApi();
  const facts = () =>
    api.committed.map(({ after }) => after?.['fact']).filter((fact) => String(fact).startsWith('sending'));
  expect((await api.call({ path: '/sending' })).body).toEqual({ paused: false });
  const paused = { paused: true, changedAt: '2026-11-23T12:00:00Z', reason: 'Wrong link' };
  expect(await api.post('/sending/pause', { reason: 'Wrong link' })).toMatchObject({ status: 200, body: paused });
  expect((await api.call({ path: '/sending' })).body).toEqual(paused);
  expect((await api.post('/sending/resume')).body).toEqual({ paused: false, changedAt: '2026-11-23T12:00:00Z' });
  expect(facts()).toEqual(['sending.paused', 'sending.resumed']);
});

test('a stop needs no reason, and no body', async () => {
  const api = await organiserApi();
  expect((await api.post('/sending/pause')).body).toEqual({ paused: true, changedAt: '2026-11-23T12:00:00Z' });
  expect((await api.post('/sending/pause', {})).status).toBe(200);
  expect(await api.post('/sending/pause', { reason: 7, until: 'noon' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '#/reason' }, { pointer: '#/until' }] },
  });
});
