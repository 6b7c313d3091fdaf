import type { Route } from '#shared/http/route.ts';
import { importing, PAST } from './importing.ts';
import type { OrganiserApi } from './organiser-api.ts';

/** What the people of these events said of themselves, with a name in each of it that no answer to a stranger holds. */
const SAID = { organisation: 'Moreau & Daughters', jobTitle: 'Assistant to Moreau', answers: { gauge: 'yes' } };

/** The address of a route where there is everything it asks for, with an event and a campaign of its own. */
export async function addressOf(api: OrganiserApi, { method, path }: Pick<Route, 'method' | 'path'>): Promise<string> {
  if (path.includes('/attendance/') || path.includes('/jobs/')) return addressAfterwards(api, path);
  const { eventId } = await (path.endsWith('/publish') ? api.draft() : api.published());
  if (path.endsWith('/cancel/undo')) await api.post(`/events/${eventId}/cancel`);
  const { registrationId } = await api.register(eventId, 'Ada Moreau', SAID);
  const { campaignId } = await api.campaign(eventId);
  const needsRun = path.includes('/runs') || (method === 'GET' && path.includes('campaigns'));
  const runId = needsRun ? (await api.trigger(eventId, campaignId, 'a-key')).body.runId : '';
  if (needsRun) await api.held({ eventId, campaignId, runId }, 'Bea Moreau');
  return path
    .replace('/api/v1', '')
    .replace('{eventId}', eventId)
    .replace('{registrationId}', registrationId)
    .replace('{campaignId}', campaignId)
    .replace('{runId}', runId);
}

/** The same for what can only be asked of an event that is over. */
async function addressAfterwards(api: OrganiserApi, path: string): Promise<string> {
  const { eventId } = await api.published(PAST);
  const { email } = await api.register(eventId, 'Ada Moreau', SAID);
  const report = `email,name,minutes\n${email},Ada Moreau,62\nnobody@example.org,Cem Moreau,5`;
  const { uploaded, previewed } = importing(api);
  const jobId = path.includes('{jobId}') ? await (path.endsWith('/start') ? uploaded : previewed)(eventId, report) : '';
  return path.replace('/api/v1', '').replace('{eventId}', eventId).replace('{jobId}', jobId);
}
