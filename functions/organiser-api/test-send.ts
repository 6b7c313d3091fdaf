import { readDelivery } from '#shared/domain/delivery.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { campaignOf, readMailKey, testOccasion } from '#shared/domain/mail-key.ts';
import { organiserRow, oweOrganiser } from '#shared/domain/organiser-row.ts';
import { isMailDue, type Registration } from '#shared/domain/registration.ts';
import { accepted } from '#shared/http/reply.ts';
import { type RouteInput, route } from '#shared/http/route.ts';
import { askOrganiser, isProved } from './ask-organiser.ts';
import type { Deps } from './deps.ts';
import { CampaignPath } from './paths.ts';
import { testSendDocs } from './plan-docs.ts';
import { readCampaign } from './whole-campaign.ts';

/** Has a campaign's mail sent to the organiser, by the way that everybody's mail goes. */
export const testSend = (deps: Deps) => {
  const again = async ({ path }: RouteInput) => {
    const { event, campaign } = await readCampaign(deps, CampaignPath.parse(path));
    return accepted(sentTo(deps, event, campaign.campaignId));
  };
  return route(
    'POST',
    '/api/v1/events/{eventId}/campaigns/{campaignId}/test-send',
    { path: CampaignPath, scope: 'campaigns:trigger', rate: 'send', docs: testSendDocs, again },
    async ({ path, event: request }) => {
      const { event } = await readCampaign(deps, path);
      if (!(await isProved(deps, event))) {
        await askOrganiser(deps, event, request);
        throw new Refusal('organiser-not-proved', NOT_PROVED);
      }
      const { registrations, chance } = deps;
      const now = Math.floor(deps.now() / 1000);
      const occasion = testOccasion(now, randomWord(6, chance), path.campaignId);
      const row = await registrations.addOrganiser(organiserRow(event, now));
      await registrations.revise(row, (current) => {
        ensureFew(current);
        return oweOrganiser(current, { event, kind: 'test-send', occasion, now });
      });
      return accepted(sentTo(deps, event, path.campaignId));
    },
  );
};

const NOT_PROVED =
  'Nobody has said yet that organiser.email is theirs. A mail with a button goes there, once a day at most: test again when it was pressed';

const sentTo = ({ mayReach }: Pick<Deps, 'mayReach'>, { organiser: { email: to } }: Event, campaignId: string) => ({
  campaignId,
  to,
  reachable: mayReach(to),
});

const MOST = 10;

/** Throws while as many tests as may be are owed or on their way. */
function ensureFew({ greetDue = new Set(), deliveries }: Registration): void {
  const isTest = (key: string) => isMailDue(key) && readMailKey(key).campaign === campaignOf('test-send');
  const claimed = Object.entries(deliveries).filter(([, entry]) => readDelivery(entry).state === 'claimed');
  const open = new Set([...greetDue, ...claimed.map(([key]) => key)].filter(isTest));
  if (open.size >= MOST)
    throw new Refusal('mail-under-way', `${MOST} tests are on their way already: try again in a few minutes`);
}
