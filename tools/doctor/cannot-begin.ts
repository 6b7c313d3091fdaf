import { mendable } from '../keys/mendable.ts';
import { Failure } from '../local/failure.ts';
import { cannotLook } from './cannot-look.ts';

/** Why doctor could not even begin, in one sentence: never a stack trace, whatever AWS answered. */
export function cannotBegin(error: unknown, stage: string): Failure {
  if (error instanceof Failure) return error;
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  if (message === 'Region is missing')
    return new Failure(`Say in which region: AWS_REGION=eu-west-2 npm run doctor -- --stage ${stage}`);
  if (/^(AccessDenied|Unauthorized|TimeoutError)/.test(name))
    return new Failure(
      `Doctor could not begin: ${cannotLook(error, ['cloudformation:DescribeStacks'])}. The rights it needs: docs/runbook.md#doctor`,
    );
  if (/^(SignatureDoesNotMatch|RequestExpired|InvalidSignatureException|IncompleteSignature|AuthFailure)/.test(name))
    return new Failure(
      'AWS does not accept the signature: the secret key is not the right one, or this machine’s clock is wrong.',
    );
  const known = mendable(error, stage);
  return known instanceof Failure ? known : new Failure(`Doctor could not begin: ${cannotLook(error, [])}.`);
}
