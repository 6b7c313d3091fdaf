import { fine, note, soon, type Verdict } from '../finding.ts';

/** What DNS says of `_dmarc.<domain>`: TXT records of the nearest domain that has any, or why nobody can tell. */
export type DmarcFacts =
  | { readonly is: 'found'; readonly at: string; readonly records: readonly string[] }
  | { readonly is: 'nothing' }
  | { readonly is: 'not-looked-up' };

/** Whether the sender's domain says what becomes of mail that only claims to be from it (RFC 7489 §6.3). */
export function judgeDmarc(domain: string, facts: DmarcFacts): Verdict[] {
  if (facts.is === 'not-looked-up') return [note(`DMARC of ${domain} could not be looked up from here.`)];
  const record = facts.is === 'found' ? facts.records.find((text) => /^v=DMARC1\s*(;|$)/.test(text)) : undefined;
  if (facts.is === 'nothing' || !record)
    return [
      soon(
        `${domain} has no DMARC record: Gmail and Yahoo ask bulk senders for one, and may turn their mail away.`,
        `DNS: _dmarc.${domain} TXT "v=DMARC1; p=none"`,
      ),
    ];
  const policy = /;\s*p=\s*(none|quarantine|reject)\b/i.exec(record)?.[1]?.toLowerCase();
  if (!policy)
    return [
      soon(
        `The DMARC record at ${facts.at} has no policy that mailboxes understand, so it counts as none.`,
        `DNS: _dmarc.${domain} TXT "v=DMARC1; p=none"`,
      ),
    ];
  return [fine(`${domain} has a DMARC record (p=${policy}).`)];
}
