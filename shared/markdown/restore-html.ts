import { isLink, type TemplateTag, writeTag } from '#shared/domain/placeholder.ts';
import { refuse } from './refuse-template.ts';
import { SECTION_STAND_IN, standIns, withTags } from './stand-ins.ts';

const MARKUP = '<(\\/?)([a-z0-9]+)[^>]*>';
const PIECE = new RegExp(`${MARKUP}|${standIns().source}`, 'g');
/** What a section on a line of its own was made into. */
const LONE = new RegExp(`<p>((?:\\s*${SECTION_STAND_IN})+\\s*)</p>`, 'g');
const VOID = ['br', 'hr'];

/**
 * Puts the tags back into markup. A link in running text becomes one to press. Refuses a section that begins in one
 * element and ends in another: hidden, it would leave half of each.
 */
export function restoreHtml(html: string): string {
  const open: string[] = [];
  const whole = html.replace(LONE, '$1').replace(PIECE, (piece, ...[slash, element, sign, name]: string[]) => {
    if (name !== undefined) return restored({ sign, name } as TemplateTag, open);
    if (element !== undefined && !VOID.includes(element)) step(open, element, slash === '/');
    return withTags(piece);
  });
  return whole;
}

function restored(tag: TemplateTag, open: string[]): string {
  const written = writeTag(tag);
  if (tag.sign !== '') {
    step(open, `#${tag.name}`, tag.sign === '/');
    return written;
  }
  const isInLink = open.includes('a') || open.includes('code');
  return isLink(tag.name) && !isInLink
    ? `<a href="${written}" rel="nofollow noopener noreferrer">${written}</a>`
    : written;
}

/** Elements and sections open and close in the same order, or a section crosses an element. */
function step(open: string[], name: string, closes: boolean): void {
  if (!closes) {
    open.push(name);
    return;
  }
  const last = open.pop();
  if (last !== name) {
    const section = [name, last, ...open].find((each) => each?.startsWith('#'))?.slice(1) ?? 'name';
    refuse(
      `The section {{#${section}}} begins in one paragraph, list or emphasis and ends in another: put {{#${section}}} and {{/${section}}} on lines of their own, around the whole of what they hide`,
    );
  }
}
