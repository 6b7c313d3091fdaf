import { REGISTRATION_ID } from './campaign-examples.ts';
import type { TimelineView } from './timeline-view.ts';

/** One person's timeline, as documented. */
export const timelineExample = (): TimelineView => ({
  registrationId: REGISTRATION_ID,
  entries: [
    { at: '2026-01-08T11:20:30Z', what: 'registered', note: 'Registered.' },
    { at: '2026-01-08T11:20:32Z', what: 'confirmed', note: 'Got a place.' },
    {
      at: '2026-01-08T11:20:34Z',
      what: 'mail',
      mail: 'confirmation',
      campaignId: '1',
      occasion: 'a1',
      state: 'delivered',
      attempts: 1,
      note: 'The confirmation was delivered.',
    },
    {
      at: '2026-02-18T09:00:00Z',
      what: 'will-be-sent',
      mail: 'joining',
      campaignId: '2',
      occasion: 's1',
      note: 'The joining mail “How to join” will be sent on Wednesday 18 February 2026, 09:00 GMT.',
    },
  ],
});
