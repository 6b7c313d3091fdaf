import { Failure } from '../local/failure.ts';

/** Faults of AWS that the person at the keyboard can mend, in a sentence. */
export function mendable(error: unknown, stage: string): unknown {
  const { name = '', message = '', code = '' } = error as { name?: string; message?: string; code?: string };
  if (code === 'ECONNREFUSED' || message.includes('ECONNREFUSED')) {
    const local = 'Start Rollcall with npm start, and leave it running';
    return new Failure(
      `AWS cannot be reached. ${stage === 'local' ? local : 'Check the network and AWS_ENDPOINT_URL'}.`,
    );
  }
  if (name === 'CredentialsProviderError' || /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId)/.test(name)) {
    return new Failure(`AWS does not know you: ${message}. Sign in as you would for the AWS CLI.`);
  }
  if (message === 'Region is missing') return new Failure('Say which region: put AWS_REGION=… before the command.');
  if (name === 'ResourceNotFoundException') return new Failure('There is no such table in this account and region.');
  if (/^AccessDenied/.test(name)) return new Failure(`AWS does not let you do that: ${message}`);
  return error;
}
