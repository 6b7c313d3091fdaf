import type { WrittenTemplate } from '#shared/domain/campaign.ts';
import { readLink } from '#shared/domain/link.ts';
import { refuse } from './refuse-template.ts';

/** A token of ours wherever it stands, with the page it leads to where that can be seen: mail programs rewrite links. */
const TOKEN = /(?:([rjsuac])(?:\/|%2f))?([0-9a-z]{32}\.[a-z0-9]{1,16}\.[\w-]{27})/gi;

const INSTEAD: Record<string, string> = {
  r: 'write {{manageLink}}',
  j: 'write {{joinLink}}',
  s: 'write {{surveyLink}}',
  u: 'leave it out, every mail that can be stopped says how',
};

/** Refuses somebody's own link: whoever got the mail could act in their name. */
export function refusePersonalLinks({ subject, body }: WrittenTemplate): void {
  for (const [field, text] of [
    ['template/subject', subject],
    ['template/body', body],
  ] as const) {
    for (const [, page = '', token = ''] of text.matchAll(TOKEN)) {
      if (readLink(token))
        refuse(
          `This holds somebody’s own link: ${INSTEAD[page.toLowerCase()] ?? 'write {{manageLink}} or {{joinLink}}'} instead, and everybody gets theirs`,
          field,
        );
    }
  }
}
