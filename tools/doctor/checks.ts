import type { Check } from './check.ts';
import { campaigns } from './checks/campaigns.ts';
import { capacity } from './checks/capacity.ts';
import { deployment, drift, driftLeftOut } from './checks/deployment.ts';
import { clocks, keys } from './checks/keys.ts';
import { mail } from './checks/mail.ts';
import { queues } from './checks/queues.ts';

/** Everything that is looked at, in the order of the report. */
export const checks = (options: { readonly drift: boolean }): readonly Check[] => [
  ...deployment,
  options.drift ? drift : driftLeftOut,
  ...mail,
  ...capacity,
  ...queues,
  ...campaigns,
  ...keys,
  ...clocks,
];
