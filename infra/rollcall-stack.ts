import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EventTable } from './constructs/event-table.ts';
import { FactBus } from './constructs/fact-bus.ts';
import { Mail } from './constructs/mail.ts';
import type { NodeFunction } from './constructs/node-function.ts';
import { Pager } from './constructs/pager.ts';
import { Secrets } from './constructs/secrets.ts';
import { Site } from './constructs/site.ts';
import type { Stage } from './stage.ts';
import { WatchStack } from './watch-stack.ts';
import { admit } from './workloads/admit.ts';
import { guestSite } from './workloads/guest-site.ts';
import { organiserApi } from './workloads/organiser-api.ts';
import { Publish } from './workloads/publish.ts';
import { receipts } from './workloads/receipts.ts';
import { sendNow } from './workloads/send-now.ts';
import { Sweep } from './workloads/sweep.ts';

/** All of Rollcall for one stage. Read it as a table of contents; who may do what is said by each workload. */
export class RollcallStack extends Stack {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      description: 'Rollcall: registrations for events, and the mails that belong to them',
      tags: { service: 'rollcall', stage: stage.name },
      terminationProtection: stage.removal === 'retain',
      ...(stage.account && { env: { account: stage.account } }),
    });
    const foundation = {
      stage,
      pager: new Pager(this, 'Pager', stage),
      table: new EventTable(this, 'Events', stage),
      facts: new FactBus(this, 'Facts', { name: id }),
      secrets: new Secrets(this, 'Secrets', stage),
      mail: new Mail(this, 'Mail', stage),
      site: new Site(this, 'Site', stage),
    };
    const { table, facts, secrets, site } = foundation;

    const workers = {
      admit: admit(this, foundation),
      sendNow: sendNow(this, foundation),
      receipts: receipts(this, foundation),
    };
    const publish = new Publish(this, 'Publish', { ...foundation, ...workers });
    const pages = guestSite(this, foundation);
    const sweep = new Sweep(this, 'Sweep', { ...foundation, ...workers });
    const functions = {
      GuestSite: pages,
      OrganiserApi: organiserApi(this, foundation),
      Publish: publish.fn,
      Admit: workers.admit.fn,
      Send: workers.sendNow.fn,
      Receipts: workers.receipts.fn,
      Sweep: sweep.fn,
    };
    if (stage.name !== 'local')
      new WatchStack(this, 'Watch', { ...foundation, ...workers, publish, sweep, guestSite: pages });

    this.#tell({
      SiteUrl: site.endpoint,
      TableName: table.table.tableName,
      BusName: facts.bus.eventBusName,
      LinkKeysSecretArn: secrets.linkKeys.secretArn,
      AddressKeySecretArn: secrets.addressKey.secretArn,
      LaneNowQueueUrl: workers.sendNow.queue.queueUrl,
      LaneNowDlqUrl: workers.sendNow.deadLetters.queueUrl,
      AdmitQueueUrl: workers.admit.queue.queueUrl,
      AdmitDlqUrl: workers.admit.deadLetters.queueUrl,
      ReceiptsQueueUrl: workers.receipts.queue.queueUrl,
      ReceiptsDlqUrl: workers.receipts.deadLetters.queueUrl,
      PublishDlqUrl: publish.deadLetters.queueUrl,
    });
    this.#tellOf(functions);
  }

  /** Stack outputs: what tools and tests need to know of a deployment. */
  #tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  #tellOf(functions: Record<string, NodeFunction>): void {
    for (const [name, fn] of Object.entries(functions))
      this.#tell({ [`${name}FunctionName`]: fn.functionName, [`${name}RoleArn`]: fn.roleArn });
  }
}
