import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EventTable } from './constructs/event-table.ts';
import { FactBus } from './constructs/fact-bus.ts';
import { Files } from './constructs/files.ts';
import { Mail } from './constructs/mail.ts';
import type { NodeFunction } from './constructs/node-function.ts';
import { Pager } from './constructs/pager.ts';
import { Secrets } from './constructs/secrets.ts';
import { Site } from './constructs/site.ts';
import type { Worker } from './constructs/worker.ts';
import { isWatched } from './is-watched.ts';
import { isProtected } from './removal.ts';
import type { Stage } from './stage.ts';
import { WatchStack } from './watch-stack.ts';
import { admit } from './workloads/admit.ts';
import { certificate } from './workloads/certificate.ts';
import { guestSite } from './workloads/guest-site.ts';
import { jobs } from './workloads/jobs.ts';
import { organiserApi } from './workloads/organiser-api.ts';
import { personalSite } from './workloads/personal-site.ts';
import { Publish } from './workloads/publish.ts';
import { receipts } from './workloads/receipts.ts';
import { runCampaigns } from './workloads/run-campaigns.ts';
import { sendBulk, sendNow, sendTimed } from './workloads/send.ts';
import { Sweep } from './workloads/sweep.ts';

const FOR_TOOLS = 'For tools, and for commands of the runbook that name it';

/** All of Rollcall for one stage. Read it as a table of contents; who may do what is said by each workload. */
export class RollcallStack extends Stack {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      description: 'Rollcall: registrations for events, and the mails that belong to them',
      tags: { service: 'rollcall', stage: stage.name },
      terminationProtection: isProtected(stage),
      env: { ...(stage.account && { account: stage.account }), ...(stage.region && { region: stage.region }) },
    });
    const foundation = {
      stage,
      pager: new Pager(this, 'Pager', stage),
      table: new EventTable(this, 'Events', stage),
      facts: new FactBus(this, 'Facts', { name: id }),
      files: new Files(this, 'Files', stage),
      secrets: new Secrets(this, 'Secrets', stage),
      mail: new Mail(this, 'Mail', stage),
      site: new Site(this, 'Site', stage),
    };
    const { table, facts, files, secrets, site } = foundation;

    const lanes = {
      sendNow: sendNow(this, foundation),
      sendTimed: sendTimed(this, foundation),
      sendBulk: sendBulk(this, foundation),
    };
    const workers = {
      ...lanes,
      admit: admit(this, foundation),
      receipts: receipts(this, foundation),
      runCampaigns: runCampaigns(this, { ...foundation, ...lanes }),
      jobs: jobs(this, foundation),
    };
    const publish = new Publish(this, 'Publish', { ...foundation, ...workers });
    const pages = guestSite(this, foundation);
    const personal = personalSite(this, foundation);
    const sweep = new Sweep(this, 'Sweep', { ...foundation, ...workers, publish });
    const functions = {
      GuestSite: pages,
      PersonalSite: personal,
      Certificate: certificate(this, foundation),
      OrganiserApi: organiserApi(this, { ...foundation, ...workers }),
      Publish: publish.fn,
      Admit: workers.admit.fn,
      Send: workers.sendNow.fn,
      SendTimed: workers.sendTimed.fn,
      SendBulk: workers.sendBulk.fn,
      RunCampaigns: workers.runCampaigns.fn,
      Jobs: workers.jobs.fn,
      Receipts: workers.receipts.fn,
      Sweep: sweep.fn,
    };
    if (isWatched(stage.name, this.node.tryGetContext('watch')))
      new WatchStack(this, 'Watch', {
        ...foundation,
        ...workers,
        publish,
        sweep,
        guestSite: pages,
        personalSite: personal,
      });

    this.#tell(
      { SiteUrl: site.endpoint },
      'Where the site and its API answer; with the outputs that begin with Mail all that a first deploy needs',
    );
    this.#tell(
      {
        TableName: table.table.tableName,
        BusName: facts.bus.eventBusName,
        FilesBucketName: files.bucket.bucketName,
        LinkKeysSecretArn: secrets.linkKeys.secretArn,
        AddressKeySecretArn: secrets.addressKey.secretArn,
        PublishDlqUrl: publish.deadLetters.queueUrl,
        AccessLogName: site.accessLogName,
        SweepRuleName: sweep.ruleName,
      },
      FOR_TOOLS,
    );
    this.#tellOfQueues({
      LaneNow: workers.sendNow,
      LaneTimed: workers.sendTimed,
      LaneBulk: workers.sendBulk,
      Admit: workers.admit,
      Receipts: workers.receipts,
      Campaigns: workers.runCampaigns,
      Jobs: workers.jobs,
    });
    this.#tellOf(functions);
  }

  /** Stack outputs: what tools and tests need to know of a deployment. */
  #tell(outputs: Record<string, string>, description: string): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value, description });
  }

  #tellOfQueues(workers: Record<string, Worker>): void {
    for (const [name, { queue, deadLetters }] of Object.entries(workers))
      this.#tell({ [`${name}QueueUrl`]: queue.queueUrl, [`${name}DlqUrl`]: deadLetters.queueUrl }, FOR_TOOLS);
  }

  #tellOf(functions: Record<string, NodeFunction>): void {
    for (const [name, fn] of Object.entries(functions))
      this.#tell({ [`${name}FunctionName`]: fn.functionName, [`${name}RoleArn`]: fn.roleArn }, FOR_TOOLS);
  }
}
