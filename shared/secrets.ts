import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { LinkKeys } from '#shared/domain/link.ts';

/** Reads a secret once, at cold start. */
export async function readSecret(SecretId: string): Promise<string> {
  const { SecretString } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId }));
  if (!SecretString) throw new Error('The secret is empty');
  return SecretString;
}

/** The link-signing keys: `{"k1":"…","k2":"…"}`, the last one signs. */
export const readLinkKeys = async (secretId: string): Promise<LinkKeys> =>
  z.record(z.string().regex(/^[a-z0-9]{1,16}$/), z.string().min(32)).parse(JSON.parse(await readSecret(secretId)));
