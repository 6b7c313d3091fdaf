import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import {
  type ICommandHooks,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { removalPolicy } from '#infra/removal.ts';
import type { Stage } from '#infra/stage.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface NodeFunctionProps extends Pick<NodejsFunctionProps, 'environment' | 'memorySize' | 'timeout'> {
  readonly stage: Stage;
  /** Folder under functions/ whose handler.ts exports `handler`. */
  readonly folder: string;
  /** Its name in logs and metrics, where one folder serves several functions. */
  readonly service?: string;
  /** Files of npm packages that it reads when it runs, and the folder beside its code where it finds them. */
  readonly files?: { readonly folder: string; readonly from: readonly string[] };
  /** Whether it speaks to S3, whose client alone needs what reads streams of events: 18 KB that other bundles go without. */
  readonly speaksToS3?: boolean;
}

/** A Lambda the way we want every Lambda: arm64, one ESM file with its own SDK, JSON logs that expire, no right it was not given. */
export class NodeFunction extends NodejsFunction {
  readonly roleArn: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, folder, service = folder, files, speaksToS3 = false, ...props }: NodeFunctionProps,
  ) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: stage.logRetentionDays,
      removalPolicy: removalPolicy(stage),
    });
    // A role of our own: the one CDK makes may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      memorySize: 256,
      // A function gives up two seconds before: see `timeLeft`. API Gateway waits for 30 at most ("Quotas for configuring and
      // running an HTTP API", read in November 2026), and would answer in words of its own. A registration is nine calls of
      // the table in a row, and a slow one takes two to three seconds for each.
      timeout: Duration.seconds(29),
      ...props,
      role,
      logGroup,
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      entry: join(ROOT, 'functions', folder, 'handler.ts'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(stage),
        ...props.environment,
      },
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        // Imported only when an operation streams events, which none of ours does; by the client of S3 always.
        externalModules: speaksToS3 ? [] : ['@smithy/core/event-streams'],
        minify: true,
        sourceMap: true,
        sourcesContent: false,
        esbuildArgs: {
          '--alias:@aws-sdk/credential-provider-node': './infra/constructs/lambda-credentials.ts',
          '--alias:@aws-sdk/endpoint-cache': './infra/constructs/no-endpoint-cache.ts',
        },
        ...(files && { commandHooks: shipping(files) }),
        banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
      },
    });
    this.roleArn = role.roleArn;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray takes trace segments without naming a resource, and SES is asked so about the account; nothing else is granted on *.',
    });
  }

  /** Allows these actions on these resources, and nothing besides. */
  may(actions: readonly string[], ...resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}

/** Copies files beside the bundle: they are read when they are needed, not with the code at each cold start. */
const shipping = ({ folder, from }: NonNullable<NodeFunctionProps['files']>): ICommandHooks => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (root, out) => [
    `mkdir -p "${out}/${folder}"`,
    ...from.map((file) => `cp "${root}/node_modules/${file}" "${out}/${folder}/"`),
  ],
});

/** Where a stage's own metrics are found: functions write there, the watch stack reads. */
export const metricsNamespace = (stage: Pick<Stage, 'name'>) => `Rollcall/${stage.name}`;
