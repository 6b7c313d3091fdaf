import type { CampaignKind } from '#shared/domain/mail-kinds.ts';
import type { MovedCampaign } from './forecast-view.ts';

const MAILS: Record<CampaignKind, string> = {
  confirmation: 'confirmations',
  joining: 'joining mails',
  reminder: 'reminders',
  survey: 'surveys',
  nudge: 'survey nudges',
  announcement: 'announcements',
};

const HALTED = ['event-not-published', 'time-passed'];

/** What a move causes, in a line: "412 notices, 412 reminders moved, 0 sent again". */
export function summaryOf({
  notices,
  sentAgain,
  campaigns,
}: {
  readonly notices: number;
  readonly sentAgain: number;
  readonly campaigns: readonly MovedCampaign[];
}): string {
  const byKind = Map.groupBy(
    campaigns.filter(({ runsAgain }) => runsAgain),
    ({ kind }) => kind,
  );
  const moved = [...byKind].map(([kind, all]) => `${sum(all)} ${MAILS[kind]} moved`);
  const halted = campaigns.filter(({ was, because = '' }) => was !== undefined && HALTED.includes(because)).length;
  const stopped = halted > 0 ? [`${halted} ${halted === 1 ? 'campaign' : 'campaigns'} stopped`] : [];
  return [`${notices} ${notices === 1 ? 'notice' : 'notices'}`, ...moved, ...stopped, `${sentAgain} sent again`].join(
    ', ',
  );
}

const sum = (campaigns: readonly MovedCampaign[]): number => campaigns.reduce((all, { people }) => all + people, 0);
