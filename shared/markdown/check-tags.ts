import { isPlaceholder, type TemplateTag, writeTag } from '#shared/domain/placeholder.ts';
import { refuse, type TemplateField, THERE_ARE } from './refuse-template.ts';

const LONGEST_SHOWN = 40;

/** The tags of a template in their order. Refuses everything in double braces that is not one of the closed list. */
export function readTags(text: string, field: TemplateField): TemplateTag[] {
  const tags: TemplateTag[] = [];
  for (const [whole, inside = '', end] of text.matchAll(/\{\{(\{*[^{}]*)(\}\}|)/g)) {
    if (end === '')
      refuse(`A placeholder begins with {{ and must end with }}: ${shown(whole)} does not. ${THERE_ARE}`, field);
    const [, sign = '', name = ''] = /^\s*([#^/]?)\s*(\w+)\s*$/.exec(inside) ?? [];
    if (!isPlaceholder(name)) refuse(`There is no placeholder ${shown(whole)}. ${THERE_ARE}`, field);
    tags.push({ sign: sign as TemplateTag['sign'], name });
  }
  return tags;
}

const shown = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);

/** Refuses sections that are not closed, close what is not open, overlap, or lie in one of their own name. */
export function checkNesting(tags: readonly TemplateTag[], field: TemplateField): void {
  const open: TemplateTag[] = [];
  for (const tag of tags.filter(({ sign }) => sign !== '')) {
    const last = open.at(-1);
    if (tag.sign !== '/') {
      if (open.some(({ name }) => name === tag.name))
        refuse(`${writeTag(tag)} is inside another section of the same name, which says it already`, field);
      open.push(tag);
    } else if (last === undefined) {
      refuse(`${writeTag(tag)} ends a section that has not begun: write {{#${tag.name}}} before it`, field);
    } else if (last.name !== tag.name) {
      refuse(`${writeTag(tag)} comes while ${writeTag(last)} is open: end that first, with {{/${last.name}}}`, field);
    } else {
      open.pop();
    }
  }
  const [first] = open;
  if (first) refuse(`${writeTag(first)} never ends: write {{/${first.name}}} where it should`, field);
}
