import { pacerStore } from '#shared/store/pacer.ts';
import type { Check } from '../check.ts';
import { judgeConcurrency } from '../judge/concurrency.ts';
import { judgePace } from '../judge/pace.ts';
import { readConcurrency } from '../read/concurrency.ts';
import { readAhead } from '../read/events.ts';
import { readSesAccount } from '../read/ses.ts';

const group = 'Capacity';

/** Whether the account is large enough for what is to come. */
export const capacity: readonly Check[] = [
  {
    id: 'pace',
    group,
    what: 'rate and quota against the events ahead',
    rights: ['ses:GetAccount', 'dynamodb:GetItem', 'dynamodb:Query'],
    outputs: ['TableName'],
    look: async (patient) => {
      const [account, pacer, ahead] = await Promise.all([
        readSesAccount(patient),
        pacerStore(patient.table).get(),
        readAhead(patient),
      ]);
      // What workers go by: less than the account's while SES throttles, or what the stage says instead of it.
      const rate = pacer?.rate ?? account.maxSendRate;
      return judgePace(ahead, { ...account, rate, now: Math.floor(patient.now / 1000) });
    },
  },
  {
    id: 'concurrency',
    group,
    what: 'how many Lambdas may run at once',
    rights: ['lambda:GetAccountSettings', 'lambda:GetFunctionConfiguration', 'lambda:ListEventSourceMappings'],
    outputs: ['SendFunctionName'],
    look: async (patient) => judgeConcurrency(await readConcurrency(patient)),
  },
];
