import { fine, hurts, type Verdict } from '../finding.ts';
import { counted, some } from '../words.ts';

export interface DriftFacts {
  readonly stage: string;
  /** What is not as the template has it: logical name, whether it is gone or was changed, and whether the nested stack has it. */
  readonly drifted: readonly { readonly id: string; readonly gone: boolean; readonly nested: boolean }[];
}

/** Whether anything was changed or deleted by hand. A second deploy does not see that. */
export function judgeDrift({ stage, drifted }: DriftFacts): Verdict[] {
  if (drifted.length === 0) return [fine('Nothing was changed by hand since the last deploy.')];
  const deploy = `npx cdk deploy -c stage=${stage}`;
  const names = some(drifted.map(({ id, gone }) => `${id} (${gone ? 'deleted' : 'changed'})`));
  return [
    hurts(
      `${counted(drifted.length, 'part is', 'parts are')} not as deployed, which an ordinary deploy does not mend: ${names}.`,
      [
        ...(drifted.some(({ nested }) => !nested) ? [`${deploy} --revert-drift`] : []),
        // The CDK reverts nothing in nested stacks, so what those hold is taken away and made anew.
        ...(drifted.some(({ nested }) => nested) ? [`${deploy} -c watch=none`, deploy] : []),
      ].join(' && '),
    ),
  ];
}
