import * as z from 'zod';

/** Whom mail is from: the name people read, and the address, in ASCII as SES keeps it. */
export interface SenderParts {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
}

/** RFC 5321 §4.5.3.1, and ASCII only: SES takes no SMTPUTF8 (SES API v2, "Destination"). */
const LOCAL = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}$/;
/** Encoded, such a name and the longest address stay within the 998 characters of a header's line (RFC 5322 §2.1.1). */
const LONGEST_NAME = 100;
/** What shows nothing, or something else than what is there. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** "Name <address>" taken apart: any name on one line, with or without quotes around it; undefined where it is no sender. */
export function senderParts(sender: string): SenderParts | undefined {
  const [, typed = '', local = '', host = ''] = /^([^<>]*\S) ?<([^<>@\s]+)@([^<>@\s]+)>$/.exec(sender) ?? [];
  const name = typed.replace(/^"((?:[^"\\]|\\.)*)"$/, '$1').trim();
  const domain = inAscii(host);
  const address = `${local.toLowerCase()}@${domain}`;
  const isSender =
    name !== '' &&
    [...name].length <= LONGEST_NAME &&
    !HIDDEN.test(name) &&
    LOCAL.test(local.toLowerCase()) &&
    HOST.test(domain) &&
    address.length <= 254;
  return isSender ? { name, address, domain } : undefined;
}

/** A host as DNS has it (UTS 46); empty where it is none. */
function inAscii(host: string): string {
  if (/[/\\?#%:@[\]]/.test(host) || !URL.canParse(`http://${host}`)) return '';
  return new URL(`http://${host}`).hostname;
}

/** The same of a sender that was checked. */
export function partsOf(sender: string): SenderParts {
  const parts = senderParts(sender);
  if (!parts) throw new Error('A stage is checked before it is built');
  return parts;
}

/** A sender as people write it: `Acme, Inc. <events@acme.example>`. The name may hold commas, quotes and letters of any script. */
export const Sender = z.string().refine((text) => senderParts(text) !== undefined, {
  error: `must read like "Name <address@your.domain>", the name on one line and at most ${LONGEST_NAME} characters long`,
});

/** Somebody's address, as long as mail can go to at most: what `send` would not write to stops the stage. */
export const Address = z.email().refine((address) => senderParts(`x <${address}>`) !== undefined, {
  error: 'must be an address with 64 characters before the @ at most and 254 in all',
});

/** An address or an `@domain` as people's are kept: small letters, the host in ASCII; undefined where it is neither. */
export function asWrittenTo(typed: string): string | undefined {
  const isDomain = typed.startsWith('@');
  const parts = senderParts(isDomain ? `x <x${typed}>` : `x <${typed}>`);
  return parts && (isDomain ? `@${parts.domain}` : parts.address);
}

/** The domain and those above it: `a.b.example` is `a.b.example`, `b.example`. A bare top-level domain is nobody's identity. */
export const domainAndParents = (domain: string): string[] => {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, n) => labels.slice(n).join('.'));
};
