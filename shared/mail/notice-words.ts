import type { Section } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** What the organiser said of the move that a notice tells, in a part of its own: their words, and nobody else's. */
export const noticeWords = ({ event: { notice, organiser } }: MailView): readonly Section[] =>
  notice?.words === undefined ? [] : [{ heading: `From ${organiser.name}`, paragraphs: notice.words.split(/\n{2,}/) }];
