import { instantAt } from '#shared/domain/time.ts';
import { dayBeforeAt, REGISTRATION_ID } from './campaign-examples.ts';
import type { PlanView } from './plan-view.ts';

/** A plan as documented: the joining mail, a month before. */
export const planExample = (): PlanView => ({
  campaignId: '6',
  kind: 'joining',
  occasion: 's1',
  firesAt: instantAt(dayBeforeAt),
  when: 'Wednesday 18 February 2026, 09:00 GMT',
  state: 'planned',
  counts: {
    willBeSent: 208,
    sent: 0,
    waiting: 0,
    skipped: { bounced: 1 },
    failed: 0,
    held: 0,
    inDoubt: 0,
    notAddressed: 3,
  },
  people: [
    { registrationId: REGISTRATION_ID, name: 'Ada Moreau', outcome: 'will-be-sent', at: instantAt(dayBeforeAt) },
    {
      registrationId: '4f1k7t9sd2xb6m8c',
      name: 'Noor Haddad',
      outcome: 'not-addressed',
      reason: 'registration-cancelled',
    },
  ],
  next: 'IjRmMWs3dDlzZDJ4YjZtOGMi.k3Vb0aQx',
});

export const previewExample = () => ({
  subject: 'How to join: Reading the river: flood warnings people act on',
  html: '<!doctype html>…',
  text: 'Hello Ada Example, …',
});

export const testSendExample = () => ({ campaignId: '6', to: 'events@example.org', reachable: true });
