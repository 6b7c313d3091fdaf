import { fine, hurts, type Verdict } from '../finding.ts';
import { counted, some } from '../words.ts';

export interface DriftFacts {
  readonly stage: string;
  /** What is not as the template has it: logical name, and whether it is gone or was changed. */
  readonly drifted: readonly { readonly id: string; readonly gone: boolean }[];
}

/** Whether anything was changed or deleted by hand. A second deploy does not see that. */
export function judgeDrift({ stage, drifted }: DriftFacts): Verdict[] {
  if (drifted.length === 0) return [fine('Nothing was changed by hand since the last deploy.')];
  const names = some(drifted.map(({ id, gone }) => `${id} (${gone ? 'deleted' : 'changed'})`));
  return [
    hurts(
      `${counted(drifted.length, 'part is', 'parts are')} not as deployed, which an ordinary deploy does not mend: ${names}.`,
      `npx cdk deploy -c stage=${stage} --revert-drift`,
    ),
  ];
}
