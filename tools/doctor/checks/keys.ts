import type { Check } from '../check.ts';
import { note } from '../finding.ts';
import { judgeApiKeys } from '../judge/api-keys.ts';
import { judgeClock, judgeZoneData } from '../judge/clocks.ts';
import { judgeAddressKey, judgeLinkKeys, linkKeyFacts } from '../judge/secrets.ts';
import { readApiKeys } from '../read/api-keys.ts';
import { readFunction } from '../read/functions.ts';
import { secretText } from '../read/secrets.ts';

const group = 'Keys and secrets';
const SECRET = ['secretsmanager:GetSecretValue'];

/** Whether links open, people are found, and organisers get in. */
export const keys: readonly Check[] = [
  {
    id: 'link-keys',
    group,
    what: 'the link keys',
    rights: SECRET,
    outputs: ['LinkKeysSecretArn'],
    look: async (patient) => judgeLinkKeys(linkKeyFacts(await secretText(patient, 'LinkKeysSecretArn'))),
  },
  {
    id: 'address-key',
    group,
    what: 'the key that addresses are found by',
    rights: SECRET,
    outputs: ['AddressKeySecretArn'],
    look: async (patient) => judgeAddressKey((await secretText(patient, 'AddressKeySecretArn'))?.length ?? 0),
  },
  {
    id: 'api-keys',
    group,
    what: 'the API keys',
    rights: ['dynamodb:DescribeTable', 'dynamodb:Scan'],
    outputs: ['TableName'],
    look: async (patient) => {
      const all = await readApiKeys(patient);
      return all
        ? judgeApiKeys(all, patient)
        : [note('API keys were not looked at: finding them reads the whole table, which is large. --keys does it.')];
    },
  },
];

/** Whether clocks and zone rules can be relied on. */
export const clocks: readonly Check[] = [
  {
    id: 'clock',
    group: 'Clocks',
    what: 'the clock',
    rights: ['cloudformation:DescribeStacks'],
    look: async ({ stack }) => judgeClock(stack.clockOffset),
  },
  {
    id: 'zone-data',
    group: 'Clocks',
    what: 'zone rules',
    rights: ['lambda:GetFunctionConfiguration'],
    outputs: ['SendFunctionName'],
    look: async (patient) => {
      const { runtime } = await readFunction(patient, 'Send');
      return judgeZoneData({ version: process.versions['tz'], year: new Date(patient.now).getUTCFullYear(), runtime });
    },
  },
];
