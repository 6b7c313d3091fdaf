import type { CampaignPatch } from '#shared/domain/campaign.ts';
import { renderTemplate } from '#shared/markdown/render-template.ts';

/** What was said of a campaign with its template as it is kept: rendered now, once. Throws what is wrong with it. */
export const withWords = <Said extends Pick<CampaignPatch, 'template'>>(said: Said): Said =>
  said.template ? { ...said, template: renderTemplate(said.template) } : said;
