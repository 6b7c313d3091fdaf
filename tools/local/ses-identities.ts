import { ListEmailIdentitiesCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { clientConfig, type Endpoint } from './endpoint.ts';
import type { Mail } from './ses-events.ts';
import { addressOf, type Refusal } from './ses-rules.ts';

/** What a test may say about the account: that an identity is not verified, or is again, or that it is in the sandbox. */
export const IdentityOrder = z.strictObject({ identity: z.string().min(1), verified: z.boolean() });
export const SandboxOrder = z.strictObject({ sandbox: z.boolean() });

/** Amazon SES Developer Guide, "Using the mailbox simulator manually": its addresses need no verification. */
const isSimulator = (address: string): boolean => /@simulator\.amazonses\.com$/i.test(address);

/** Which identities are verified: those the account has, all of them from the start, but for what a test says. */
export const sesIdentities = (endpoint: Endpoint) => {
  const ses = new SESv2Client(clientConfig(endpoint));
  const unverified = new Set<string>();
  let sandbox = false;

  const verified = async (): Promise<ReadonlySet<string>> => {
    const { EmailIdentities = [] } = await ses.send(new ListEmailIdentitiesCommand({ PageSize: 1000 }));
    return new Set(EmailIdentities.flatMap(({ IdentityName: name = '' }) => (unverified.has(name) ? [] : [name])));
  };

  const inSandbox = ({ Destination: { ToAddresses, CcAddresses, BccAddresses } }: Mail): string[] =>
    sandbox
      ? [...ToAddresses, ...CcAddresses, ...BccAddresses].map(addressOf).filter((each) => !isSimulator(each))
      : [];

  return {
    set({ identity, verified: is }: z.infer<typeof IdentityOrder>): void {
      if (is) unverified.delete(identity);
      else unverified.add(identity);
    },
    setSandbox({ sandbox: is }: z.infer<typeof SandboxOrder>): void {
      sandbox = is;
    },
    clear(): void {
      unverified.clear();
      sandbox = false;
    },

    /** What SES would tell of itself, were it asked. */
    state: () => ({ sandbox, unverified }),

    /** SES's answer to a mail from, or in the sandbox to, an address that is not verified; its words are in docs/local-aws.md. */
    async refusalOf(mail: Mail): Promise<Refusal | undefined> {
      if (unverified.size === 0 && !sandbox) return undefined;
      const known = await verified();
      const asked = [addressOf(mail.FromEmailAddress), ...inSandbox(mail)];
      const failed = asked.filter((address) => identityFor(address, known) === undefined);
      if (failed.length === 0) return undefined;
      const where = endpoint.region.toUpperCase();
      const message = `Email address is not verified. The following identities failed the check in region ${where}: ${failed.join(', ')}`;
      return [400, 'MessageRejected', message];
    },
  };
};

/** An address is verified by itself, letter by letter, or by its domain or one above it. */
const identityFor = (address: string, known: ReadonlySet<string>): string | undefined => {
  const labels = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .split('.');
  const domains = labels.slice(0, -1).map((_, n) => labels.slice(n).join('.'));
  return [address, ...domains].find((identity) => known.has(identity));
};

export type SesIdentities = ReturnType<typeof sesIdentities>;
