import { raw } from 'hono/html';
import type { Template } from '#shared/domain/campaign.ts';
import { fillHtml, fillLine, fillText } from './fill-template.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { type Markup, markup } from './markup.ts';
import { oneLine, shortTitle } from './subject.ts';
import { templateValues } from './template-values.ts';

const LONGEST_PREVIEW = 140;

/** The letter with the organiser's words for its subject, news and lead, where the campaign has some. */
export function withWords(view: MailView, letter: Letter): Letter {
  const { template } = view;
  if (template === undefined) return letter;
  const values = templateValues(view);
  const subject = fillLine(template.subject, { ...values, event: shortTitle(values.event) }) || letter.news;
  const text = fillText(template.text ?? template.body, values);
  return {
    ...letter,
    news: subject,
    preview: beginningOf(text) || letter.preview,
    words: {
      subject,
      greets: /\{\{\s*name\s*\}\}/.test(template.body),
      text,
      html: raw(fillHtml(template.html ?? asTyped(template), values)) as Markup,
    },
  };
}

/** For words that were kept before any markup was made of them: paragraphs, and their marks as typed. */
const asTyped = ({ body }: Template): string =>
  body
    .split(/\n{2,}/)
    .map((text) => markup`<p>${text}</p>`)
    .join('\n');

const beginningOf = (text: string): string => {
  const line = oneLine(text);
  return line.length <= LONGEST_PREVIEW ? line : `${line.slice(0, LONGEST_PREVIEW).replace(/\s*\S*$/, '')}…`;
};
