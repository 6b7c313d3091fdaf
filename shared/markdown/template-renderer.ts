import { isLink, writeTag } from '#shared/domain/placeholder.ts';
import { BoundedTokenizer } from './bounded-tokenizer.ts';
import { refuse } from './refuse-template.ts';
import { SafeRenderer } from './safe-renderer.ts';
import { SECTION_STAND_IN, standIns, tagOf } from './stand-ins.ts';

/** Markdown of a template: a bare address ends where a section begins or ends. */
export class TemplateTokenizer extends BoundedTokenizer {
  override url(src: string) {
    const [address = ''] = src.split(new RegExp(SECTION_STAND_IN));
    return super.url(address);
  }
}

/** Writes a template's Markdown as markup, in which a placeholder may be the whole target of a link. */
export class TemplateRenderer extends SafeRenderer {
  protected override addressOf(href: string): string | undefined {
    return placeholderAddress(href) ? href : super.addressOf(href);
  }
}

/** The placeholder that is the target of a link; undefined where none is in it. Refuses one that is but a part of it. */
export function placeholderAddress(href: string) {
  const [match, ...others] = href.matchAll(standIns());
  if (!match) return undefined;
  const tag = tagOf(match);
  const isWhole = match[0] === href && others.length === 0 && tag.sign === '';
  if (!isWhole) {
    refuse(
      `${writeTag(tag)} is a part of an address: a link leads to one address for all, or to a placeholder alone, as in [join]({{joinLink}})`,
    );
  }
  if (!isLink(tag.name)) refuse(`${writeTag(tag)} is no address that a link could lead to`);
  return tag.name;
}
