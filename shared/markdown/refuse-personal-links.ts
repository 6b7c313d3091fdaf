import type { WrittenTemplate } from '#shared/domain/campaign.ts';
import { readLink } from '#shared/domain/link.ts';
import { refuse, type WordsField } from './refuse-template.ts';

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
  refusePersonalLinksIn('template/subject', subject);
  refusePersonalLinksIn('template/body', body);
}

/** The same for one text. */
export function refusePersonalLinksIn(field: WordsField, text: string): void {
  for (const [, page = '', token = ''] of text.matchAll(TOKEN)) {
    if (!readLink(token)) continue;
    const instead = INSTEAD[page.toLowerCase()] ?? 'write {{manageLink}} or {{joinLink}}';
    refuse(
      field === 'message'
        ? 'This holds somebody’s own link: leave it out, the mail has everybody’s own'
        : `This holds somebody’s own link: ${instead} instead, and everybody gets theirs`,
      field,
    );
  }
}
