import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';
import { moment } from '../words.ts';

export interface StackFacts {
  readonly name: string;
  /** As CloudFormation calls it: UPDATE_COMPLETE, … */
  readonly status: string;
  /** Epoch seconds. */
  readonly changedAt: number;
}

/** Whether the stage stands as its last deploy meant it to. */
export function judgeStack({ name, status, changedAt }: StackFacts): Verdict[] {
  const events = `aws cloudformation describe-stack-events --stack-name ${name}`;
  const again = `npx cdk deploy -c stage=${name.replace(/^rollcall-/, '')}`;
  switch (status) {
    case 'CREATE_COMPLETE':
    case 'UPDATE_COMPLETE':
    case 'IMPORT_COMPLETE':
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      return [fine(`The stack ${name} is deployed, last on ${moment(changedAt)} UTC.`)];
    case 'UPDATE_ROLLBACK_COMPLETE':
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
    case 'IMPORT_ROLLBACK_COMPLETE':
      return [
        soon(
          `The last deploy of ${name} failed and was taken back: what runs is the version before it.`,
          `${events} says why; mend it, then ${again}`,
        ),
      ];
    case 'REVIEW_IN_PROGRESS':
    case 'CREATE_FAILED':
    case 'ROLLBACK_FAILED':
    case 'ROLLBACK_COMPLETE':
      return [
        hurts(
          `The first deploy of ${name} did not end well (${status}): nothing of it can be relied on, so nobody can register.`,
          `${events} says why; ${runbook('a-first-deploy-that-failed')}`,
        ),
      ];
    case 'UPDATE_FAILED':
    case 'UPDATE_ROLLBACK_FAILED':
    case 'IMPORT_ROLLBACK_FAILED':
      return [
        hurts(
          `${name} is deployed by half (${status}): its parts may not fit each other, and pages or mails may fail.`,
          `${events} says why; then aws cloudformation continue-update-rollback --stack-name ${name}`,
        ),
      ];
    default:
      if (status.startsWith('DELETE'))
        return [hurts(`The stack ${name} is being taken down (${status}): the service is going, or gone.`, events)];
      return [note(`A deploy of ${name} is under way (${status}): look again when it is done.`, events)];
  }
}
