import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type LinkKeys, linkKeysIn } from '#shared/domain/link.ts';
import { patientClient } from './patient-client.ts';

/** Reads a secret once, at cold start. */
export async function readSecret(SecretId: string): Promise<string> {
  const { SecretString } = await new SecretsManagerClient(patientClient()).send(
    new GetSecretValueCommand({ SecretId }),
  );
  if (!SecretString) throw new Error('The secret is empty');
  return SecretString;
}

/** The link-signing keys: `{"k1":"…","k2":"…"}`, the last one signs. */
export const readLinkKeys = async (secretId: string): Promise<LinkKeys> => linkKeysIn(await readSecret(secretId));
