import { stages } from '#infra/stages.ts';
import { clientConfig, endpointAt } from '../local/endpoint.ts';
import { portFrom } from '../local/ports.ts';

/**
 * How to reach a stage's AWS: the local stage where `npm start` serves it, unless the environment names another place; any
 * other in the region it names in `stages.ts`, or else where the AWS CLI would look.
 */
export const awsOf = (stage: string) => {
  if (stage === 'local' && process.env['AWS_ENDPOINT_URL'] === undefined)
    return clientConfig(endpointAt(portFrom(process.env, 'ROLLCALL_AWS_PORT', 4566)));
  const region = Object.hasOwn(stages, stage) ? stages[stage]?.region : undefined;
  return region ? { region } : {};
};
