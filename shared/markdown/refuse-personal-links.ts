import type { WrittenTemplate } from '#shared/domain/campaign.ts';
import { personalLinkIn } from './personal-link.ts';
import { refuse, type TemplateField } from './refuse-template.ts';

const INSTEAD: Readonly<Record<string, string>> = {
  r: 'write {{manageLink}}',
  j: 'write {{joinLink}}',
  s: 'write {{surveyLink}}',
  u: 'leave it out, every mail that can be stopped says how',
};

/** What to say of somebody's own link in a template, which may hold placeholders; `page` as `personalLinkIn` gives it. */
export const instead = (page: string): string =>
  `This holds somebody’s own link: ${INSTEAD[page] ?? 'write {{manageLink}} or {{joinLink}}'} instead, and everybody gets theirs`;

/** Refuses somebody's own link: whoever got the mail could act in their name. */
export function refusePersonalLinks({ subject, body }: WrittenTemplate): void {
  refuseIn('template/subject', subject);
  refuseIn('template/body', body);
}

function refuseIn(field: TemplateField, text: string): void {
  const page = personalLinkIn(text);
  if (page !== undefined) refuse(instead(page), field);
}
