import { type Campaign, confirmationCampaign, type NewCampaign } from './campaign.ts';

type Settings = Pick<NewCampaign, 'name' | 'kind' | 'trigger' | 'audience'>;

/** What every published event sends beside its confirmation, under the numbers 2 to 5, until the organiser changes it. */
const DEFAULTS: readonly Settings[] = [
  { name: 'How to join', kind: 'joining', trigger: { before: 'start', offset: 'P1D', at: '09:00' }, audience: {} },
  { name: 'One hour before', kind: 'reminder', trigger: { before: 'start', offset: 'PT1H' }, audience: {} },
  { name: 'Survey', kind: 'survey', trigger: { after: 'end', offset: 'PT2H' }, audience: {} },
  {
    name: 'Survey, once more',
    kind: 'nudge',
    trigger: { after: 'end', offset: 'P3D' },
    audience: { answeredSurvey: false },
  },
];

/** The campaigns that publication adds: of the default set those whose numbers are free. */
export const defaultCampaigns = (taken: readonly Pick<Campaign, 'campaignId'>[], now: string): Campaign[] =>
  DEFAULTS.map((settings, at): Campaign => {
    const campaignId = String(at + 2);
    return { ...confirmationCampaign(now), ...settings, campaignId };
  }).filter(({ campaignId }) => !taken.some((each) => each.campaignId === campaignId));
