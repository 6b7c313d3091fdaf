import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
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
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
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

  /** Lets a function send as our sender through our configuration sets. */
  open(fn: NodeFunction): void {
    const { mode, allowList, sender, identity } = this.#stage.mail;
    const { address, domain } = parts(sender);
    fn.addEnvironment('MAIL', JSON.stringify({ mode, allowList, sender, configurationSets: this.configurationSets }));
    // SES asks for the right on the configuration set too and, in its sandbox, on recipients that are identities.
    const identities = {
      domain: [domain],
      address: [address],
      exists: [domain, address],
    }[identity].concat(mode === 'allow-list' ? allowList.map((allowed) => allowed.replace(/^@/, '')) : []);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [
          ...new Set(identities.map((name) => this.#arn('identity', name))),
          ...Object.values(this.configurationSets).map((name) => this.#arn('configuration-set', name)),
        ],
        conditions: { StringEqualsIfExists: { 'ses:FromAddress': address } },
      }),
    );
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
    const { sender, identity } = this.#stage.mail;
    if (identity === 'exists') return;
    const { address, domain } = parts(sender);
    const verified = new EmailIdentity(this, 'Identity', {
      identity: identity === 'domain' ? Identity.domain(domain) : Identity.email(address),
    });
    // The emulator signs nothing, so it has no DNS records to show.
    if (identity === 'domain' && this.#stage.name !== 'local')
      verified.dkimRecords.forEach(({ name, value }, n) => {
        new CfnOutput(this, `DkimRecord${n + 1}`, {
          description: 'DNS record SES waits for',
          value: `${name} CNAME ${value}`,
        });
      });
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

function parts(sender: string) {
  const address = sender.slice(sender.indexOf('<') + 1, -1);
  return { address, domain: address.slice(address.indexOf('@') + 1) };
}
