import { stages } from '#infra/stages.ts';
import type { Check } from '../check.ts';
import { note } from '../finding.ts';
import { judgeDrift } from '../judge/drift.ts';
import { judgeFunctions } from '../judge/functions.ts';
import { judgeSettings } from '../judge/settings.ts';
import { judgeStack } from '../judge/stack.ts';
import { readDrift } from '../read/drift.ts';
import { readFunctions } from '../read/functions.ts';
import { readMailSettings } from '../read/mail-settings.ts';

const group = 'Deployment';
const READ_FUNCTION = 'lambda:GetFunctionConfiguration';

/** Whether what runs is what was meant to. */
export const deployment: readonly Check[] = [
  {
    id: 'stack',
    group,
    what: 'the stack',
    rights: ['cloudformation:DescribeStacks'],
    look: async ({ stack }) => judgeStack({ ...stack, changedAt: stack.changedAt / 1000 }),
  },
  {
    id: 'functions',
    group,
    what: 'the functions',
    rights: [READ_FUNCTION, 'lambda:ListEventSourceMappings'],
    outputs: ['SendFunctionName'],
    look: async (patient) => judgeFunctions((await readFunctions(patient)).map(({ facts }) => facts)),
  },
  {
    id: 'settings',
    group,
    what: 'the settings that are deployed',
    rights: [READ_FUNCTION],
    outputs: ['SendFunctionName'],
    look: async (patient) => {
      const wanted = stages[patient.stage]?.mail;
      return judgeSettings({ stage: patient.stage, deployed: await readMailSettings(patient), wanted });
    },
  },
];

/** Slow, so only for those who ask: CloudFormation reads every part of the stack. */
export const drift: Check = {
  id: 'drift',
  group,
  what: 'what was changed by hand',
  rights: [
    'cloudformation:DetectStackDrift',
    'cloudformation:DetectStackResourceDrift',
    'cloudformation:DescribeStackDriftDetectionStatus',
    'cloudformation:DescribeStackResourceDrifts',
    'cloudformation:ListStackResources',
  ],
  patience: 300_000,
  look: async (patient) => judgeDrift(await readDrift(patient)),
};

/** What stands in its place otherwise. */
export const driftLeftOut: Check = {
  id: 'drift',
  group,
  what: 'what was changed by hand',
  rights: [],
  look: async () => [note('What was changed by hand was not looked for: --drift does, and takes a minute or two.')],
};
