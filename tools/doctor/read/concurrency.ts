import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { stages } from '#infra/stages.ts';
import type { ConcurrencyFacts } from '../judge/concurrency.ts';
import type { Patient } from '../patient.ts';
import { readFunctions } from './functions.ts';

/** How many Lambdas the account runs at once beside what is reserved, and what the stage's workers may use of it. */
export async function readConcurrency(patient: Patient): Promise<ConcurrencyFacts> {
  const [{ AccountLimit = {} }, functions] = await Promise.all([
    patient.aws.lambda.send(new GetAccountSettingsCommand({})),
    readFunctions(patient),
  ]);
  const sources = functions.flatMap(({ sources }) => sources);
  return {
    limit: AccountLimit.UnreservedConcurrentExecutions ?? AccountLimit.ConcurrentExecutions ?? 0,
    workers: sources.flatMap(({ most }) => most ?? []),
    // The emulator's limit is its own, whatever the local stage counts on.
    said: patient.local ? undefined : stages[patient.stage]?.concurrency,
    streams: sources.filter(({ arn }) => arn.includes(':dynamodb:')).length,
  };
}
