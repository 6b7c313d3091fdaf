import { fine, hurts, type Verdict } from '../finding.ts';

export interface ConfigurationSetFacts {
  readonly name: string;
  /** Undefined: there is none of that name. */
  readonly sendingEnabled: boolean | undefined;
}

/** Which mails go by which configuration set, by the end of its name. */
const OF: Readonly<Record<string, string>> = {
  service: 'confirmations, reminders and the way in',
  optional: 'mails that people may stop',
  urgent: 'mails of the last hour before a start',
};

/** Whether SES sends what goes by each configuration set. */
export function judgeConfigurationSets(sets: readonly ConfigurationSetFacts[]): Verdict[] {
  const found = sets.flatMap(({ name, sendingEnabled }): Verdict[] => {
    const mails = OF[name.slice(name.lastIndexOf('-') + 1)] ?? 'its mails';
    if (sendingEnabled === undefined)
      return [hurts(`There is no configuration set ${name}: ${mails} are refused, and reach nobody.`, 'Deploy again')];
    if (sendingEnabled) return [];
    return [
      hurts(
        `SES sends nothing by the configuration set ${name}: ${mails} reach nobody.`,
        `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
      ),
    ];
  });
  return found.length > 0 ? found : [fine(`SES sends by all ${sets.length} configuration sets.`)];
}
