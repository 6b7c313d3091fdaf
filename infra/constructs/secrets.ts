import { Validations } from 'aws-cdk-lib';
import { Secret, type SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { removalPolicy } from '#infra/removal.ts';
import type { Stage } from '#infra/stage.ts';
import type { NodeFunction } from './node-function.ts';

/**
 * The two keys the service keeps. CloudFormation makes new values when their generators change, which would kill every
 * link in every inbox and forget every address: leave them as they are.
 */
export class Secrets extends Construct {
  readonly linkKeys: Secret;
  readonly addressKey: Secret;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const secret = (name: string, description: string, generateSecretString: SecretStringGenerator, why: string) => {
      const made = new Secret(this, name, { description, generateSecretString, removalPolicy: removalPolicy(stage) });
      Validations.of(made).acknowledge({ id: 'AwsSolutions-SMG4', reason: why });
      return made;
    };
    this.linkKeys = secret(
      'LinkKeys',
      'Signs personal links. A JSON object of keys by id: the last signs, all verify.',
      { secretStringTemplate: '{}', generateStringKey: 'k1', passwordLength: 64, excludePunctuation: true },
      'Rotated by adding a key, as the runbook has it: links already mailed must go on working.',
    );
    this.addressKey = secret(
      'AddressKey',
      'Hashes addresses. It never changes: with another key nobody would be found again.',
      { passwordLength: 64, excludePunctuation: true },
      'The hashes it makes are primary keys, so it can never rotate.',
    );
  }

  /** Lets a function read the keys that sign and verify links. */
  openLinkKeys(fn: NodeFunction): void {
    fn.addEnvironment('LINK_KEYS_SECRET', this.linkKeys.secretArn);
    fn.may(['secretsmanager:GetSecretValue'], this.linkKeys.secretArn);
  }

  /** Lets a function read the key that addresses are hashed with. */
  openAddressKey(fn: NodeFunction): void {
    fn.addEnvironment('ADDRESS_KEY_SECRET', this.addressKey.secretArn);
    fn.may(['secretsmanager:GetSecretValue'], this.addressKey.secretArn);
  }
}
