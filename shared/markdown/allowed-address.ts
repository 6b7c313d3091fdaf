/** The address in its normal form; undefined unless it plainly leads to an https host, with no name before it, or to a mailbox. */
export function allowedAddress(href: string): string | undefined {
  const isPlain = /^(https:\/\/[^/?#@\\\s]+([/?#]|$)|mailto:[^\s@]+@)/i.test(href);
  return isPlain && URL.canParse(href) ? new URL(href).href : undefined;
}
