import { NodeHttpHandler } from '@smithy/node-http-handler';
import { patienceSignal } from './patience.ts';

interface Patience {
  /** Milliseconds for one try, from the request to the first byte of the answer. */
  readonly request?: number;
  /** Milliseconds to reach AWS. */
  readonly connection?: number;
}

const ATTEMPTS = 3;

/**
 * Settings of a client of AWS that never waits for ever: by itself it would, for an answer that does not come, until Lambda
 * stops the function. Three tries of five seconds each fit into the time of every function of ours, and five seconds are
 * more than a slow table takes. It gives up sooner where whoever asked waits no longer.
 */
export const patientClient = ({ request = 5000, connection = 1000 }: Patience = {}) => ({
  maxAttempts: ATTEMPTS,
  requestHandler: new PatientHandler({
    connectionTimeout: connection,
    requestTimeout: request,
    throwOnRequestTimeout: true,
  }),
});

class PatientHandler extends NodeHttpHandler {
  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    const signals = [options?.abortSignal as AbortSignal | undefined, patienceSignal()].filter((each) => !!each);
    const [only] = signals;
    const abortSignal = signals.length > 1 ? AbortSignal.any(signals) : only;
    return super.handle(request, { ...options, ...(abortSignal && { abortSignal }) });
  }
}
