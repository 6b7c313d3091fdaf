const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** One line, whatever the text: a value that cannot end its property (RFC 5545 §3.1). */
export const oneLine = (text: string): string => text.replace(BREAKS, ' ').trim();

/**
 * A display name for a quoted parameter. RFC 5545 §3.2 has no way to write a double quote in one, and programs disagree
 * about what a backslash there means.
 */
export const displayName = (name: string): string => oneLine(name).replaceAll('"', '\u2019').replaceAll('\\', '/');
