import * as z from 'zod';

const LONGEST = 2000;
/** A name with a point in it whose last part begins with a letter (RFC 1123 §2.1): no number of any spelling, nothing in brackets. */
const HOST =
  '(?![^/?#:]*\\.[lL][oO][cC][aA][lL][hH][oO][sS][tT](?:[/?#:]|$))(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const PORT = '(?::(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}))?';
/** RFC 3986 §3.3: what a path may be made of; a query and a fragment also of slashes and question marks. */
const CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})";
const AFTER = `(?:/${CHARACTER}*)?(?:\\?(?:${CHARACTER}|\\?)*)?(?:#(?:${CHARACTER}|\\?)*)?`;

/** The one rule for every address on the web that an organiser types, as the document of the API has it, too. */
export const HTTPS_URL = new RegExp(`^https://${HOST}${PORT}${AFTER}$`);

/** What a URL parser would pass over in silence, so that nobody is led to another place than stands there. */
const isHttpsUrl = (url: string): boolean => HTTPS_URL.test(url) && URL.canParse(url);

/** The same address as the rule has it, where it has one: letters beyond ASCII are spelt out (IDNA, percent-encoding). */
export function asHttpsUrl(typed: string): string | undefined {
  if (isHttpsUrl(typed)) return typed;
  const href = /[\s\\@]/.test(typed) ? undefined : URL.parse(typed)?.href;
  const spelt = href?.replaceAll('[', '%5B').replaceAll(']', '%5D');
  return spelt !== undefined && isHttpsUrl(spelt) ? spelt : undefined;
}

const HINT = 'Enter a web address that starts with https:// and names a host, like https://meet.example.org/room';

/** Where people are led: https, a host by its name, and nothing beyond ASCII (RFC 3986). */
export const HttpsUrl = z
  .string()
  .max(LONGEST, { error: 'A web address has 2,000 characters or fewer', abort: true })
  .refine(isHttpsUrl, {
    error: ({ input }) => {
      const spelt = asHttpsUrl(String(input));
      return spelt === undefined ? HINT : `Write it in ASCII: ${spelt}`;
    },
  })
  .meta({
    format: 'uri',
    pattern: HTTPS_URL.source,
    description:
      'An https address in ASCII (RFC 3986). Its host is a name with a point in it: no number, nothing in brackets, not `localhost`.',
  });
