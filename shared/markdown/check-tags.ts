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

/** Refuses sections that never end, end what has not begun, or overlap. */
export function checkNesting(tags: readonly TemplateTag[], field: TemplateField): void {
  const open: TemplateTag[] = [];
  for (const tag of tags.filter(({ sign }) => sign !== '')) {
    if (tag.sign !== '/') open.push(tag);
    else refuseWrongEnd(tag, open.pop(), field);
  }
  const [first] = open;
  if (first) refuse(`${writeTag(first)} never ends: write {{/${first.name}}} where it should`, field);
}

function refuseWrongEnd(end: TemplateTag, open: TemplateTag | undefined, field: TemplateField): void {
  const written = writeTag(end);
  if (!open) refuse(`${written} ends a section that has not begun: write {{#${end.name}}} before it`, field);
  if (open.name !== end.name)
    refuse(`${written} comes while ${writeTag(open)} is open: end that first, with {{/${open.name}}}`, field);
}

/** Refuses a section in one of its own name: it would always show, or never. */
export function checkRepetition(tags: readonly TemplateTag[], field: TemplateField): void {
  const open: string[] = [];
  for (const tag of tags) {
    if (tag.sign === '/') open.pop();
    else if (tag.sign !== '' && open.includes(tag.name))
      refuse(`${writeTag(tag)} is inside another section of the same name, which says it already`, field);
    else if (tag.sign !== '') open.push(tag.name);
  }
}
