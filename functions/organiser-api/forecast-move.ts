import type { Campaign } from '#shared/domain/campaign.ts';
import { readDelivery, wasSent } from '#shared/domain/delivery.ts';
import type { Event } from '#shared/domain/event.ts';
import { CONFIRMATION_CAMPAIGN, readMailKey } from '#shared/domain/mail-key.ts';
import { noticeKindOf } from '#shared/domain/notice.ts';
import { noticeOutlook, type Outlook, outlookOf } from '#shared/domain/outlook.ts';
import { type Prediction, predict, type Surroundings } from '#shared/domain/predict.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Deps } from './deps.ts';
import { meetEverybody } from './meet-everybody.ts';
import { summaryOf } from './move-summary.ts';
import { type Moving, movingOf } from './moving.ts';

type ForecastDeps = Pick<Deps, 'registrations' | 'campaigns' | 'runs' | 'control' | 'timings' | 'mayReach' | 'now'>;

/** What it would cause to make `before` into `after`, asked about everybody who is registered now. */
export async function forecastMove(deps: ForecastDeps, before: Event, after: Event) {
  const { eventId } = before;
  const { timings: gaps, mayReach } = deps;
  const now = Math.floor(deps.now() / 1000);
  const [all, runs, control] = await Promise.all([
    deps.campaigns.list(eventId),
    deps.runs.ofEvent(eventId),
    deps.control.get(),
  ]);
  const outlook = (event: Event, campaign: Campaign) => outlookOf(event, campaign, { runs, now });
  const moving = all
    .filter(({ campaignId }) => campaignId !== CONFIRMATION_CAMPAIGN)
    .map((each) => movingOf(each, { was: outlook(before, each), is: outlook(after, each), after, gaps }));
  const kind = after === before ? undefined : noticeKindOf(after);
  const notice = kind && noticeOutlook(after, kind, []);
  const confirmation = all.find(({ campaignId }) => campaignId === CONFIRMATION_CAMPAIGN);
  const around = { event: after, control, confirmation, gaps, mayReach, now };
  const counted = await countPeople(deps, { moving, notice }, around);
  const campaigns = moving.map(({ view }, i) => ({ ...view, people: counted.people[i] ?? 0 }));
  const { notices, unsettled, sentAgain } = counted;
  return { summary: summaryOf({ notices, sentAgain, campaigns }), notices, unsettled, sentAgain, campaigns };
}

/** Asks the sender's own decision about each person and each mail, one person at a time. */
async function countPeople(
  deps: ForecastDeps,
  { moving, notice }: { moving: readonly Moving[]; notice: Outlook | undefined },
  around: Surroundings,
) {
  const planned = moving
    .map(({ outlook, view }, i) => ({ outlook, view, i }))
    .filter(({ view }) => view.at !== undefined);
  const sum = { notices: 0, unsettled: 0, sentAgain: 0, people: moving.map(() => 0) };
  await meetEverybody(deps, around.event.eventId, (row) => {
    const told = notice && predict(row, notice, around);
    if (told && isReached(told)) sum.notices += 1;
    if (told?.outcome === 'waiting' && told.reason === 'told') sum.unsettled += 1;
    for (const { outlook, view, i } of planned) {
      if (!isReached(predict(row, outlook, around))) continue;
      sum.people[i] = (sum.people[i] ?? 0) + 1;
      if (view.runsAgain && hadBefore(row, view.campaignId)) sum.sentAgain += 1;
    }
  });
  return sum;
}

/** A mail that waits for the end of a pause, or for SES to take our sender, is sent; one that waits for another mail may not be. */
const isReached = ({ outcome, reason }: Prediction): boolean =>
  outcome === 'will-be-sent' || (outcome === 'waiting' && (reason === 'pause' || reason === 'sender'));

/** Whether a person has had a mail of this campaign, for the time that was. */
const hadBefore = ({ deliveries }: Registration, campaignId: string): boolean =>
  Object.entries(deliveries).some(([key, entry]) => {
    if (readMailKey(key).campaign !== campaignId) return false;
    const delivery = readDelivery(entry);
    return wasSent(delivery) || delivery.state === 'merged';
  });
