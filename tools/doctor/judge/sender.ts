import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';

/** The identity SES has for our sender: the address itself, its domain or a domain above it. */
export interface SenderFacts {
  readonly domain: string;
  readonly identity:
    | {
        readonly name: string;
        readonly verified: boolean;
        /** Status of DKIM as SES names it: SUCCESS, PENDING, FAILED, TEMPORARY_FAILURE, NOT_STARTED. */
        readonly dkim: string;
        readonly signs: boolean;
        /** The domain bounces come back to, and how far SES is with it. */
        readonly mailFrom: { readonly domain: string; readonly status: string } | undefined;
      }
    | undefined;
}

/** Whether SES takes mail from our sender. */
export function judgeIdentity({ domain, identity }: SenderFacts): Verdict[] {
  if (!identity)
    return [
      hurts(
        `SES does not know ${domain}, the sender’s domain: it refuses every mail, and nobody gets any.`,
        `Deploy again, or aws sesv2 create-email-identity --email-identity ${domain}`,
      ),
    ];
  if (!identity.verified)
    return [
      hurts(
        `The sender ${identity.name} is not verified with SES: it refuses every mail, and nobody gets any.`,
        `Set the DNS records that the stack’s outputs Mail… name; ${runbook('not-verified')}`,
      ),
    ];
  return [fine(`SES takes mail from ${identity.name}: it is verified.`)];
}

/** Whether mails are signed in the sender's name. */
export function judgeDkim({ domain, identity }: SenderFacts): Verdict[] {
  if (!identity) return [note(`DKIM of ${domain}: nothing to say while SES does not know the sender.`)];
  const { dkim, signs } = identity;
  if (dkim === 'SUCCESS' && signs) return [fine('Mails are signed in the sender’s name (DKIM).')];
  return [
    soon(
      `Mails are not signed in the sender’s name (DKIM: ${signs ? dkim : `off, ${dkim}`}): many mailboxes take them for spam, and people miss them.`,
      'Set the CNAME records that the stack’s outputs Mail… name',
    ),
  ];
}

/** Whether bounces come back to a domain of the sender's, which is what makes SPF count for it. */
export function judgeMailFrom({ domain, identity }: SenderFacts): Verdict[] {
  const mailFrom = identity?.mailFrom;
  if (!mailFrom)
    return [
      note(
        `There is no MAIL FROM domain of ${domain}: SPF speaks for Amazon then, and DMARC rests on DKIM alone.`,
        `aws sesv2 put-email-identity-mail-from-attributes --email-identity ${identity?.name ?? domain} --mail-from-domain bounce.${domain}, with the MX and TXT records SES names`,
      ),
    ];
  if (mailFrom.status === 'SUCCESS') return [fine(`Bounces come back to ${mailFrom.domain} (MAIL FROM, SPF).`)];
  return [
    soon(
      `The MAIL FROM domain ${mailFrom.domain} is not ready (${mailFrom.status}): SES sends in its own name instead, and some mailboxes trust that less.`,
      `Set the MX and TXT records of ${mailFrom.domain} that the stack’s outputs Mail… name`,
    ),
  ];
}
