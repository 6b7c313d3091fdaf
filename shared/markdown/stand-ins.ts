import { TAG, type TemplateTag, writeTag } from '#shared/domain/placeholder.ts';

/**
 * While Markdown is rendered, each tag of a template is stood in for by its words between two private characters: they
 * are neither marks of Markdown nor markup, so a tag comes out where it went in, and text that only reads like one
 * (`\{\{name}}`) cannot be taken for it.
 */
const FENCE = '\ue000';
const STAND_IN = `${FENCE}([#^/]?)([A-Za-z]+)${FENCE}`;

/** Matches one tag; sign and name are its groups. */
export const standIns = (flags = 'g'): RegExp => new RegExp(STAND_IN, flags);

/** Matches the begin or the end of one section. */
export const SECTION_STAND_IN = `${FENCE}[#^/][A-Za-z]+${FENCE}`;

/** Matches one value that is an address. */
export const LINK_STAND_IN = `${FENCE}[A-Za-z]+Link${FENCE}`;

export const standInFor = ({ sign, name }: TemplateTag): string => `${FENCE}${sign}${name}${FENCE}`;

/** A template with stand-ins for its tags. Private characters have no shape in anybody's mail program, and go. */
export const withStandIns = (text: string): string =>
  text
    .replaceAll(FENCE, '')
    .replace(new RegExp(TAG, 'g'), (_, sign: string, name: string) => `${FENCE}${sign}${name}${FENCE}`);

/** The tag that a match of `standIns` is of. */
export const tagOf = ([, sign, name]: RegExpMatchArray): TemplateTag => ({ sign, name }) as TemplateTag;

/** The text with its tags back, each in its one spelling. */
export const withTags = (text: string): string =>
  text.replace(standIns(), (...match) => writeTag(tagOf(match as unknown as RegExpMatchArray)));
