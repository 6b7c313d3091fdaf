import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  NotFoundException,
} from '@aws-sdk/client-sesv2';
import type { ConfigurationSetFacts } from '../judge/configuration-sets.ts';
import type { SenderFacts } from '../judge/sender.ts';
import type { SesAccount } from '../judge/ses-account.ts';
import { once, type Patient } from '../patient.ts';
import { readMailSettings } from './mail-settings.ts';

/** The account as SES sees it. SES says -1 where it sets no quota. */
export const readSesAccount = once(async ({ aws }: Patient): Promise<SesAccount> => {
  const account = await aws.ses.send(new GetAccountCommand());
  const { Max24HourSend = -1, MaxSendRate = 1, SentLast24Hours = 0 } = account.SendQuota ?? {};
  return {
    sandbox: account.ProductionAccessEnabled === false,
    sendingEnabled: account.SendingEnabled !== false,
    enforcement: account.EnforcementStatus ?? 'HEALTHY',
    maxSendRate: MaxSendRate,
    quota: Max24HourSend < 0 ? undefined : Max24HourSend,
    sentLast24Hours: SentLast24Hours,
  };
});

/** The identity SES takes for our sender: the address, its domain, or the nearest one above that it knows; verified ones first. */
export const readSender = once(async (patient: Patient): Promise<SenderFacts> => {
  const { address, domain } = await readMailSettings(patient);
  const names = [address, ...withParents(domain)];
  const found = (await Promise.all(names.map((name) => identityOf(patient, name)))).flatMap(
    (identity) => identity ?? [],
  );
  return { domain, identity: found.find(({ verified }) => verified) ?? found[0] };
});

async function identityOf({ aws }: Patient, name: string): Promise<SenderFacts['identity']> {
  const read = await aws.ses.send(new GetEmailIdentityCommand({ EmailIdentity: name })).catch((error: unknown) => {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  });
  if (!read) return undefined;
  const { MailFromDomain, MailFromDomainStatus = 'PENDING' } = read.MailFromAttributes ?? {};
  return {
    name,
    verified: read.VerifiedForSendingStatus === true,
    dkim: read.DkimAttributes?.Status ?? 'NOT_STARTED',
    signs: read.DkimAttributes?.SigningEnabled === true,
    mailFrom: MailFromDomain ? { domain: MailFromDomain, status: MailFromDomainStatus } : undefined,
  };
}

export async function readConfigurationSets(patient: Patient): Promise<ConfigurationSetFacts[]> {
  const { configurationSets } = await readMailSettings(patient);
  return Promise.all(
    Object.values(configurationSets).map(async (name) => {
      const read = await patient.aws.ses
        .send(new GetConfigurationSetCommand({ ConfigurationSetName: name }))
        .catch((error: unknown) => {
          if (error instanceof NotFoundException) return undefined;
          throw error;
        });
      return { name, sendingEnabled: read && read.SendingOptions?.SendingEnabled !== false };
    }),
  );
}

/** A domain and those above it, down to two labels: example.org of mail.example.org. */
export const withParents = (domain: string): string[] => {
  const labels = domain.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, n) => labels.slice(n).join('.'));
};
