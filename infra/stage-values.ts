import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as z from 'zod';

/** A host name as DNS and API Gateway take it: lower-case labels with something in each, and a dot. */
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The hosts that a browser on the machine itself is served from. */
const MACHINE = /^(?:localhost|127\.0\.0\.1)$/;
const REGION = '[a-z]{2,4}(?:-[a-z]+)+-\\d';

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const isWeb = ({ protocol, hostname }: URL) =>
  /^https?:$/.test(protocol) && (HOST.test(hostname) || MACHINE.test(hostname));

/** Whether this is scheme, host and port alone, written as browsers write it in `Origin`. */
export const isOrigin = (text: string): boolean => {
  const url = parsed(text);
  return url !== undefined && isWeb(url) && url.origin === text;
};

export const Origin = z.string().refine(isOrigin, {
  error: 'must be an origin such as https://www.your.domain: no capital letters, no path and no slash at its end',
});

export const WebPage = z
  .string()
  .max(500, { error: 'must be at most 500 characters long' })
  .refine((text) => !/\s/.test(text) && isWeb(parsed(text) ?? new URL('none:')), { error: 'must be a web address' });

export const HostName = z.string().regex(HOST, { error: 'must be a host name such as events.your.domain' });

/** One that the CDK knows: whichever it has no facts of could not be deployed to. */
export const Region = z.string().refine((name) => RegionInfo.regions.some((known) => known.name === name), {
  error: 'must be a region such as eu-west-2',
});

export const CertificateArn = z
  .string()
  .regex(new RegExp(`^arn:aws[a-z-]*:acm:${REGION}:\\d{12}:certificate/[\\w-]+$`), {
    error: 'must be the ARN of a certificate, like arn:aws:acm:<region>:<account>:certificate/<id>',
  });

export const TopicArn = z.string().regex(new RegExp(`^arn:aws[a-z-]*:sns:${REGION}:\\d{12}:[\\w-]{1,256}$`), {
  error:
    'must be the ARN of an SNS topic that is no FIFO topic (those deliver to queues alone), like arn:aws:sns:<region>:<account>:<name>',
});

/** Where in AWS a thing is, from its ARN. */
export const placeOf = (arn: string): { readonly region: string; readonly account: string } => {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
};
