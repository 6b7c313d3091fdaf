import { clientConfig, endpointAt } from '../local/endpoint.ts';
import { portFrom } from '../local/ports.ts';

/** How to reach a stage's AWS: the local stage where `npm start` serves it, unless the environment names another place. */
export const awsOf = (stage: string) =>
  stage === 'local' && process.env['AWS_ENDPOINT_URL'] === undefined
    ? clientConfig(endpointAt(portFrom(process.env, 'ROLLCALL_AWS_PORT', 4566)))
    : {};
