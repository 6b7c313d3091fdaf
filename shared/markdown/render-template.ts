import type { Template, WrittenTemplate } from '#shared/domain/campaign.ts';
import { MarkdownHtml } from '#shared/domain/markdown-html.ts';
import { isLink, type TemplateTag, writeTag } from '#shared/domain/placeholder.ts';
import { checkNesting, checkRepetition, readTags } from './check-tags.ts';
import { MOST_BYTES, parseMarkdown } from './parse-markdown.ts';
import { readableText } from './readable-text.ts';
import { refusePersonalLinks } from './refuse-personal-links.ts';
import { refuse, refuseLength, type TemplateField } from './refuse-template.ts';
import { restoreHtml } from './restore-html.ts';
import { SECTION_STAND_IN, standIns, tagOf, withStandIns, withTags } from './stand-ins.ts';
import { TemplateRenderer, TemplateTokenizer } from './template-renderer.ts';

const LONGEST = 20_000;

/**
 * An organiser's words as they are kept: Markdown is rendered now, once, as markup and as text, and the placeholders stay
 * in both for each person's values. Throws `invalid-template` or `template-too-long`, with what to mend.
 *
 * The grammar is our own, not Mustache's library: all of it that is allowed are a dozen fixed names, and what the library
 * could do beyond is what has to be refused; sending needs one pass over one expression.
 */
export function renderTemplate(written: WrittenTemplate): Template {
  const { subject, body } = written;
  if ([...body].length > LONGEST) refuseLength(`The body must be ${LONGEST} characters or fewer`);
  if (body.trim() === '') refuse('Write what the mail should say');
  refusePersonalLinks(written);
  checkSubject(subject);
  checkTags(body, 'template/body');

  const parsed = parseMarkdown(onLinesOfTheirOwn(withStandIns(body)), {
    tokenizer: new TemplateTokenizer(),
    renderer: new TemplateRenderer(),
  });
  if (!parsed) refuseLength('The body makes too much markup: make it shorter, or plainer');
  const plain = readableText(parsed.tokens);
  checkRendered(plain, parsed.html);
  const html = restoreHtml(parsed.html);
  const text = withTags(plain);
  if (Math.max(Buffer.byteLength(html), Buffer.byteLength(text)) > MOST_BYTES)
    refuseLength('The body makes too much markup: make it shorter, or use fewer placeholders');
  return { ...written, html: MarkdownHtml.parse(html), text };
}

function checkTags(text: string, field: TemplateField): TemplateTag[] {
  const tags = readTags(text, field);
  checkNesting(tags, field);
  checkRepetition(tags, field);
  return tags;
}

function checkSubject(subject: string): void {
  const link = checkTags(subject, 'template/subject').find(({ sign, name }) => sign === '' && isLink(name));
  if (link) refuse(`A subject cannot hold a link: leave ${writeTag(link)} to the body`, 'template/subject');
}

/** Sections alone on their lines are blocks of their own, as they look: what they hide may be a list or a heading. */
const onLinesOfTheirOwn = (text: string): string =>
  text.replace(new RegExp(`^[ \\t]*(?:${SECTION_STAND_IN}[ \\t]*)+$`, 'gm'), '\n$&\n');

/** Markdown moves and drops things: what must hold for the words as typed must hold for the words as read. */
function checkRendered(plain: string, html: string): void {
  // Stepped around, `\{\{name}}` would be a placeholder that nobody checked.
  if (`${plain}\n${html}`.replace(standIns(), ' ').includes('{{'))
    refuse('Two opening braces in a row are for placeholders only');
  refusePersonalLinks({ subject: '', body: plain });
  checkNesting(tagsIn(plain), 'template/body');
}

const tagsIn = (text: string): TemplateTag[] => [...text.matchAll(standIns())].map(tagOf);
