import { Annotations, type Stack } from 'aws-cdk-lib';
import type { Stage } from './stage.ts';
import { WebPage } from './stage-values.ts';
import { stages } from './stages.ts';

/** Says at synth, in a sentence each, what is allowed and will hurt somebody later. */
export function advise(stack: Stack, stage: Stage, all: Readonly<Record<string, Pick<Stage, 'mail'>>> = stages): void {
  if (stage.name === 'local') return;
  for (const [id, sentence] of Object.entries(advice(stage, all)))
    if (sentence) Annotations.of(stack).addWarningV2(`rollcall:${id}`, sentence);
}

function advice({ name, site, mail, alarms, removal }: Stage, all: Readonly<Record<string, Pick<Stage, 'mail'>>>) {
  const { domain } = site;
  const alike = Object.keys(all).find(
    (other) => other !== name && other !== 'local' && identityOf(all[other]?.mail) === identityOf(mail),
  );
  return {
    domain:
      domain &&
      `With site.domain the site answers at ${domain.name} alone: links mailed before it was set, or under another name, lead nowhere. Set it before the first mail, and keep it.`,
    removal:
      removal === 'retain' &&
      'Set removal to "protect" once a first deploy has succeeded, and deploy again; on a stage that is there already, before you deploy, for this deploy takes away what kept stack and table from being deleted.',
    runbook:
      !WebPage.safeParse(alarms.runbook).success &&
      `alarms.runbook is "${alarms.runbook}", which no mail can link to: name the address at which whoever is paged reads docs/runbook.md.`,
    alarms:
      !alarms.email &&
      !alarms.topicArn &&
      `Nobody is told when an alarm of ${name} goes off: name an email or a topicArn in alarms.`,
    identity:
      alike &&
      mail.identity !== 'exists' &&
      `The stage ${alike} verifies the same sender: in one account and region only one of the two can, and the other says identity: 'exists'.`,
  };
}

/** What a stage has SES verify. */
const identityOf = (mail: Stage['mail'] | undefined): string | undefined => {
  if (!mail || mail.identity === 'exists') return undefined;
  const address = mail.sender.slice(mail.sender.indexOf('<') + 1, -1).toLowerCase();
  return mail.identity === 'address' ? address : address.slice(address.indexOf('@') + 1);
};
