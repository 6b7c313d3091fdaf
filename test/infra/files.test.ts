import { describe, expect, test } from 'vitest';
import { resourcesOf, theOne } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const bucket = theOne(stage, 'AWS::S3::Bucket');

  test('files are nobody’s but ours: no public access by any way there is, and no access lists', () => {
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    expect(bucket.Properties).not.toHaveProperty('CorsConfiguration');
  });

  test('they are encrypted at no cost, and read and written over TLS only', () => {
    const [rule] = bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    const { Statement } = theOne(stage, 'AWS::S3::BucketPolicy').Properties.PolicyDocument;
    expect(Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  test('all of them go by themselves, a day after the job they are of; half uploads after a day', () => {
    expect(bucket.Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Status: 'Enabled',
        ExpirationInDays: 8,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ]);
    expect(bucket.Properties).not.toHaveProperty('VersioningConfiguration');
  });

  test('the bucket stays where the stage keeps things', () => {
    expect(bucket['DeletionPolicy']).toBe(stage === 'prod' ? 'RetainExceptOnCreate' : 'Delete');
  });

  test('only those who speak to S3 have what its client needs, and know the bucket', () => {
    const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function'));
    const named = functions.filter(({ Properties }) => Properties.Environment.Variables.FILES_BUCKET);
    expect(named.map(({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).sort()).toEqual([
      'jobs',
      'organiser-api',
    ]);
  });
});
