import { type Placeholder, type PlaceholderValues, TAG } from '#shared/domain/placeholder.ts';
import { markup } from './markup.ts';
import { oneLine } from './subject.ts';

/** A template's line for one person: a subject. */
export const fillLine = (template: string, values: PlaceholderValues): string =>
  oneLine(fill(template, values, (value) => value));

/** A template's text for one person. What hidden sections leave behind, empty lines and bullets of nothing, goes. */
export const fillText = (template: string, values: PlaceholderValues): string =>
  fill(template, values, (value) => `${VALUE}${value}${VALUE}`)
    .replace(/^ *(?:-|\d+\.|>) +(?:\n|$)/gm, '')
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .replaceAll(VALUE, '');

/** Stands around values, so that one that is but a hyphen is no bullet of nothing. */
const VALUE = '\ue000';

/** A template's markup for one person: values are text and stay text. Elements that hidden sections left empty go. */
export const fillHtml = (template: string, values: PlaceholderValues): string =>
  withoutEmpty(fill(template, values, (value) => String(markup`${value}`)).replace(NOWHERE, '$1'));

/** A link without an address is its label. */
const NOWHERE = /<a href="" [^>]*>(.*?)<\/a>/gs;
const EMPTY = /<(p|li|ul|ol|blockquote|h[1-6]|strong|em|del|code|pre)(?: start="\d+")?>\s*<\/\1>\n?/g;

function withoutEmpty(html: string): string {
  const less = html.replace(EMPTY, '');
  return less === html ? html.trim() : withoutEmpty(less);
}

/** One pass from left to right: what a value brings in is never looked at again, whatever it reads like. */
function fill(template: string, values: PlaceholderValues, write: (value: string) => string): string {
  const shown = [true];
  let filled = '';
  let at = 0;
  for (const { 0: tag, 1: sign, 2: name, index } of template.matchAll(new RegExp(TAG, 'g'))) {
    const isShown = shown.at(-1) ?? true;
    const value = oneLine(values[name as Placeholder]);
    if (isShown) filled += template.slice(at, index);
    if (isShown && sign === '' && value !== '') filled += write(value);
    if (sign === '#' || sign === '^') shown.push(isShown && (value !== '') === (sign === '#'));
    if (sign === '/') shown.pop();
    at = index + tag.length;
  }
  return filled + template.slice(at);
}
