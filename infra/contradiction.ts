import { mailMistake } from './mail-mistake.ts';
import type { StageSettings } from './stage.ts';
import { placeOf } from './stage-values.ts';

/** Where a deploy goes that the stage itself does not place. */
interface Place {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** What is wrong between settings that are each right by themselves; undefined when nothing is. */
export function contradiction(name: string, settings: StageSettings, signedIn: Place = {}): string | undefined {
  const { mail, site, alarms, removal } = settings;
  if (mail.mode === 'allow-list' && mail.allowList.length === 0)
    return 'mail.allowList is empty while mail.mode is "allow-list", so nobody could be written to';
  if (name !== 'local' && site.siteUrl?.startsWith('http:')) return 'site.siteUrl must begin with https://';
  if (name === 'prod' && removal === 'destroy') return 'removal must be "retain" or "protect" in prod';
  if (name === 'prod' && !alarms.email && !alarms.topicArn)
    return 'alarms needs an email or a topicArn, or nobody is told';
  if (alarms.email && alarms.topicArn)
    return 'alarms has both an email and a topicArn, of which only the topic would be told';
  const { region = signedIn.region, account = signedIn.account } = settings;
  return mailMistake(mail) ?? greedyNetwork(settings) ?? elsewhere(settings, { region, account });
}

/** The first budget that a single network could spend alone, so that it would delay everybody's mail. */
function greedyNetwork({ budgets }: StageSettings): string | undefined {
  const { ipPrefix } = budgets;
  const greedy = (['event', 'overall'] as const).find((scope) => {
    const { limit, seconds } = budgets[scope];
    return ipPrefix.limit * Math.ceil(seconds / ipPrefix.seconds) >= limit;
  });
  return (
    greedy &&
    `budgets.${greedy} could be spent by one network alone: it must be more than budgets.ipPrefix in that time`
  );
}

/**
 * The first thing that API Gateway or CloudWatch would not find: a certificate has to be in the API's region and account
 * (API Gateway, "Custom domain names for HTTP APIs"), a topic in the alarm's region (CloudWatch, PutMetricAlarm).
 */
function elsewhere({ site, alarms }: StageSettings, { region, account }: Place): string | undefined {
  const certificate = site.domain && placeOf(site.domain.certificateArn);
  if (certificate && region && certificate.region !== region)
    return `site.domain.certificateArn is of ${certificate.region} while the API is to be in ${region}: the two must be in one region`;
  if (certificate && account && certificate.account !== account)
    return `site.domain.certificateArn is of account ${certificate.account} while the account is ${account}`;
  const topic = alarms.topicArn && placeOf(alarms.topicArn);
  if (topic && region && topic.region !== region)
    return `alarms.topicArn is of ${topic.region} while the alarms are to be in ${region}: the two must be in one region`;
  return undefined;
}
