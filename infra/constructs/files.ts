import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { removalPolicy } from '#infra/removal.ts';
import type { Stage } from '#infra/stage.ts';
import type { NodeFunction } from './node-function.ts';

/** What a function may do with files. */
type FileAction = 'GetObject' | 'PutObject' | 'DeleteObject';

/** Where files lie: what was sent to us, and what we made of it. */
type FileFolder = 'uploads' | 'results';

/** How long a file lies there at most. Jobs take theirs along a day before; this is for what a job has lost. */
const KEPT = Duration.days(8);

/** The private bucket: for some days only, what organisers upload and what jobs make of it. */
export class Files extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: KEPT, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      // Not emptied with the stack: that takes a function that may delete everything, and in a week it is empty by itself.
      removalPolicy: removalPolicy(stage),
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'A log of who fetched which file would outlive the files by far, and say no more than the log of the API.',
    });
  }

  /** Lets a function do these things to the files of these folders. */
  open(fn: NodeFunction, rights: Partial<Record<FileFolder, readonly FileAction[]>>): void {
    fn.addEnvironment('FILES_BUCKET', this.bucket.bucketName);
    // Without it S3 says of a file that is not there that it is forbidden.
    fn.may(['s3:ListBucket'], this.bucket.bucketArn);
    if (!fn.role) throw new Error('A function without a role');
    const bucket = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    for (const [folder, actions] of Object.entries(rights)) {
      const files = this.bucket.arnForObjects(`${folder}/*`);
      fn.may(
        actions.map((action) => `s3:${action}`),
        files,
      );
      Validations.of(fn.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${folder}/*]`,
        reason: 'Files are named after jobs, which nobody knows at deploy time; the bucket is ours.',
      });
    }
  }
}
