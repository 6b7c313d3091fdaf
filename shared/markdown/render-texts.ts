import type { EventText, WrittenText } from '#shared/domain/event.ts';
import { renderMarkdown } from './render-markdown.ts';

const LONGEST_SUMMARY = 200;

/** The texts an organiser wrote, with what pages print of them. */
export function renderTexts({ description, programme, audience, privacyNotice }: WrittenText): EventText {
  const about = renderMarkdown(description);
  const notice = privacyNotice && renderMarkdown(privacyNotice.text);
  return {
    description,
    programme,
    audience,
    ...(privacyNotice && { privacyNotice }),
    ...(about && { descriptionHtml: about.html }),
    ...(about?.plain && { summary: beginningOf(about.plain) }),
    ...(notice && { privacyNoticeHtml: notice.html }),
  };
}

/** As many whole words as fit. */
const beginningOf = (text: string): string =>
  text.length <= LONGEST_SUMMARY
    ? text
    : `${text
        .slice(0, LONGEST_SUMMARY - 3)
        .replace(/\S*$/, '')
        .trim()}…`;
