import { CfnOutput, Duration, Stack, Token, Validations } from 'aws-cdk-lib';
import { EventBus, Rule, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  type ConfigurationSetProps,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { domainAndParents, partsOf } from '#infra/sender.ts';
import type { Stage } from '#infra/stage.ts';
import type { NodeFunction } from './node-function.ts';
import type { Worker } from './worker.ts';

/** What SES may say about a mail, as EventBridge names it. */
const RECEIPTS = {
  'Email Sent': EmailSendingEvent.SEND,
  'Email Delivered': EmailSendingEvent.DELIVERY,
  'Email Bounced': EmailSendingEvent.BOUNCE,
  'Email Complaint Received': EmailSendingEvent.COMPLAINT,
  'Email Rejected': EmailSendingEvent.REJECT,
  'Email Rendering Failed': EmailSendingEvent.RENDERING_FAILURE,
};

/** Tags that `send` puts on every mail. A receipt without them says nothing we could settle. */
const TAGS = ['event', 'registration', 'campaign', 'occasion', 'attempt', 'addressRevision'];

/** SES's own mailbox simulator, as the functions know it. */
const SIMULATOR = 'success@simulator.amazonses.com';

/** Whom we send as, how, and what becomes of what SES says about it. */
export class Mail extends Construct {
  /** Names of the configuration sets, as `send` chooses among them. */
  readonly configurationSets: { readonly service: string; readonly optional: string; readonly urgent: string };
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.#stage = stage;
    this.#verifySender();
    this.configurationSets = {
      service: this.#configurationSet('Service', {}),
      optional: this.#configurationSet('Optional', {}),
      // For the last hour before the start: what has not arrived by then is better given up than late.
      urgent: this.#configurationSet('Urgent', { maxDeliveryDuration: Duration.minutes(15) }),
    };
  }

  /** Lets a function send as our sender, through our configuration sets, to whom the stage writes. */
  open(fn: NodeFunction): void {
    const { mode, allowList, sender, identity } = this.#stage.mail;
    const { address, domain } = partsOf(sender);
    fn.addEnvironment('MAIL', JSON.stringify({ mode, allowList, sender, configurationSets: this.configurationSets }));
    // SES asks about the identity that it finds verified: the exact address before its domain, the domain before those above it.
    const identities = [address, ...(identity === 'exists' ? domainAndParents(domain) : [domain])];
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [
          ...[...new Set([...identities, ...this.#recipients()])].map((name) => this.#arn('identity', name)),
          ...Object.values(this.configurationSets).map((name) => this.#arn('configuration-set', name)),
        ],
        conditions: { StringEqualsIfExists: { 'ses:FromAddress': address } },
      }),
    );
    for (const name of this.#recipients().filter((each) => each.startsWith('*'))) acknowledge(fn, name);
  }

  /** In its sandbox SES asks for the right on the recipient's identity, too: of the address, its domain or one above it. */
  #recipients(): string[] {
    const { mode, allowList, sandbox } = this.#stage.mail;
    if (!sandbox) return [];
    if (mode === 'simulator') return [SIMULATOR];
    return allowList.flatMap((allowed) => {
      const domains = domainAndParents(allowed.slice(allowed.indexOf('@') + 1).toLowerCase());
      return [allowed.startsWith('@') ? `*${allowed}` : allowed, ...domains];
    });
  }

  /** Lets a function ask how much the account may send. It may send nothing. */
  ask(fn: NodeFunction): void {
    // The account is no resource one could name.
    fn.may(['ses:GetAccount'], '*');
  }

  /** Hands a worker what SES says about mails of ours: type, time, ids and our own tags; no addresses. */
  report({ queue, deadLetters }: Worker): void {
    new Rule(this, 'Receipts', {
      eventPattern: {
        source: ['aws.ses'],
        detailType: Object.keys(RECEIPTS),
        detail: {
          mail: {
            tags: {
              'ses:configuration-set': Object.values(this.configurationSets),
              ...Object.fromEntries(TAGS.map((tag) => [tag, [{ exists: true }]])),
            },
          },
        },
      },
      targets: [new SqsQueue(queue, { message: RECEIPT, deadLetterQueue: deadLetters })],
    });
  }

  #verifySender(): void {
    const { sender, identity, mailFrom } = this.#stage.mail;
    if (identity === 'exists') return;
    const { address, domain } = partsOf(sender);
    if (identity === 'address') {
      new EmailIdentity(this, 'Identity', { identity: Identity.email(address) });
      return;
    }
    const mailFromDomain = mailFrom ?? `bounce.${domain}`;
    const verified = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      mailFromDomain,
      // A record that is missing must stop no mail: it goes out as amazonses.com's, unaligned, as it did without one.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
    });
    // The emulator signs nothing, so it has no DNS records to show.
    if (this.#stage.name !== 'local') this.#printRecords(verified, { domain, mailFromDomain });
  }

  /** What the zone of the sender's domain has to hold, as lines of a zone file (RFC 1035 §5). */
  #printRecords(
    { dkimRecords }: EmailIdentity,
    { domain, mailFromDomain }: { readonly domain: string; readonly mailFromDomain: string },
  ): void {
    const print = (id: string, description: string, value: string) =>
      new CfnOutput(this, id, { description, value }).overrideLogicalId(`Mail${id}`);
    for (const [n, { name, value }] of dkimRecords.entries())
      print(`DkimRecord${n + 1}`, 'Proves that the domain is yours, and signs its mail', `${name}. IN CNAME ${value}.`);
    const { region } = Stack.of(this);
    print(
      'FromMxRecord',
      'Takes bounces; without it SPF does not speak for your domain',
      `${mailFromDomain}. IN MX 10 feedback-smtp.${region}.amazonses.com.`,
    );
    print('FromSpfRecord', 'Lets SES send for it', `${mailFromDomain}. IN TXT "v=spf1 include:amazonses.com ~all"`);
    print(
      'DmarcRecord',
      'Large mail services ask for one; if the domain or one above it has one already, leave it',
      `_dmarc.${domain}. IN TXT "v=DMARC1; p=none"`,
    );
  }

  #configurationSet(kind: string, props: ConfigurationSetProps): string {
    const name = `${Stack.of(this).stackName}-${kind.toLowerCase()}`;
    const set = new ConfigurationSet(this, kind, {
      ...props,
      configurationSetName: name,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('Receipts', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, `${kind}Receipts`, 'default')),
      events: Object.values(RECEIPTS),
    });
    return name;
  }

  #arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }
}

/**
 * The message for `receipts`. Tag values arrive as lists of one, hence no quotes; the rule lets nothing through that lacks
 * one. Only a bounce has a type: a quoted placeholder without a value leaves an empty string, an unquoted one broken JSON.
 */
const RECEIPT: RuleTargetInput = {
  bind: () => ({
    inputPathsMap: {
      type: '$.detail.eventType',
      time: '$.time',
      messageId: '$.detail.mail.messageId',
      bounceType: '$.detail.bounce.bounceType',
      ...Object.fromEntries(TAGS.map((tag) => [tag, `$.detail.mail.tags.${tag}`])),
    },
    inputTemplate: `{"v":1,"type":<type>,"time":<time>,"messageId":<messageId>,"bounceType":"<bounceType>",${TAGS.map((tag) => `"${tag}":<${tag}>`).join()}}`,
  }),
};

/** Any address at a domain that the stage writes to: who they are is not known when it is deployed. */
function acknowledge(fn: NodeFunction, name: string): void {
  if (!fn.role) throw new Error('A function without a role');
  const { account, region } = Stack.of(fn);
  const place = [
    Token.isUnresolved(region) ? '<AWS::Region>' : region,
    Token.isUnresolved(account) ? '<AWS::AccountId>' : account,
  ].join(':');
  Validations.of(fn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:${place}:identity/${name}]`,
    reason: 'In its sandbox SES asks about each recipient, and the stage writes to everybody at this domain.',
  });
}
