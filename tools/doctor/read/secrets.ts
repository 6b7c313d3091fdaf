import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { output, type Patient } from '../patient.ts';

/** The text of a secret that the stack's outputs name. It is looked at and forgotten, never shown. */
export async function secretText(patient: Patient, named: string): Promise<string | undefined> {
  const SecretId = output(patient, named);
  return (await patient.aws.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
}
