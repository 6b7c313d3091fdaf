import { fine, note, soon, type Verdict } from '../finding.ts';

/** What a stage says that doctor can read off what is deployed. */
export interface Settings {
  readonly mode: string;
  readonly sender: string;
}

export interface SettingsFacts {
  readonly stage: string;
  readonly deployed: Settings;
  /** Undefined: `infra/stages.ts` names no such stage. */
  readonly wanted: Settings | undefined;
}

/** Whether what is deployed is what `infra/stages.ts` of this folder says. */
export function judgeSettings({ stage, deployed, wanted }: SettingsFacts): Verdict[] {
  if (!wanted) return [note(`infra/stages.ts names no stage ${stage}: what is deployed cannot be compared with it.`)];
  const differ = (['mode', 'sender'] as const).filter((field) => deployed[field] !== wanted[field]);
  if (differ.length === 0) return [fine('Mail mode and sender are deployed as infra/stages.ts has them.')];
  return differ.map((field) =>
    soon(
      field === 'mode'
        ? `infra/stages.ts says mail.mode “${wanted.mode}”, but “${deployed.mode}” is deployed: the change is not in force.`
        : 'infra/stages.ts names another mail.sender than the one that is deployed: the change is not in force.',
      `npx cdk deploy -c stage=${stage}`,
    ),
  );
}
