import { ArnFormat, CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import {
  CfnApiMapping,
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { removalPolicy } from '#infra/removal.ts';
import { type RouteKey, registrationRoutes, type routes, withHead } from '#infra/routes.ts';
import type { Stage } from '#infra/stage.ts';
import type { NodeFunction } from './node-function.ts';

/** One line per request. A path may hold somebody's token and an IP address is a person's, so neither is ever logged. */
const ACCESS_LOG = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  functionLatency: '$context.integration.latency',
  functionStatus: '$context.integration.status',
  length: '$context.responseLength',
};

/** The HTTP API: explicit routes, throttled, logged by route. CORS is the functions' own affair. */
export class Site extends Construct {
  readonly api: HttpApi;
  /** Where this API answers. */
  readonly endpoint: string;
  /** Where links in mails lead: the stage may put another address before the API. */
  readonly url: string;
  /** The log group of one line per request. */
  readonly accessLogName: string;
  readonly #stage: CfnStage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const { domain, siteUrl } = stage.site;
    this.api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.endpoint = domain ? `https://${domain.name}` : this.api.apiEndpoint;
    this.url = siteUrl ?? this.endpoint;
    const accessLog = this.#accessLog(stage);
    this.accessLogName = accessLog.logGroupName;
    // Settings per route are more than the stage construct of CDK can say.
    this.#stage = new CfnStage(this, 'Stage', {
      apiId: this.api.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: asDestination(accessLog), format: JSON.stringify(ACCESS_LOG) },
      defaultRouteSettings: throttle(stage.throttles.site),
      routeSettings: Object.fromEntries(
        registrationRoutes.map((key) => [key, cased(throttle(stage.throttles.registration))]),
      ),
    });
    if (domain) this.#answerAt(domain);
  }

  /** Has a function answer these routes, and HEAD where it answers GET. */
  serve(keys: (typeof routes)[keyof typeof routes], fn: NodeFunction): void {
    const integration = new HttpLambdaIntegration(fn.node.id, fn, { scopePermissionToRoute: false });
    for (const key of withHead(keys)) {
      const route = new HttpRoute(this, key, { httpApi: this.api, routeKey: routeKey(key), integration });
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Pages are public and links carry signed tokens; organiser-api checks API keys itself, per route.',
      });
      // Its throttle can be set only once the route is there.
      if ((registrationRoutes as readonly string[]).includes(key)) this.#stage.node.addDependency(route);
    }
  }

  #accessLog(stage: Stage): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      retention: stage.logRetentionDays,
      removalPolicy: removalPolicy(stage),
    });
  }

  #answerAt({ name, certificateArn }: NonNullable<Stage['site']['domain']>): void {
    const domain = new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    });
    new CfnOutput(this, 'DomainTarget', {
      // At the top of a zone no CNAME may stand (RFC 1034 §3.6.2).
      description: `What a CNAME record of ${name} has to point to; an alias record, where that is the top of its zone`,
      value: domain.regionalDomainName,
    }).overrideLogicalId('DomainTarget');
    new CfnApiMapping(this, 'Mapping', { apiId: this.api.apiId, domainName: domain.name, stage: this.#stage.ref });
  }
}

/** API Gateway wants a log group's ARN without the `:*` at its end. */
const asDestination = (log: LogGroup): string =>
  Stack.of(log).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: log.logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

const throttle = ({ rate, burst }: Stage['throttles']['site']) => ({
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
});

/** Settings by route are plain JSON to CDK, so they need CloudFormation's own spelling. */
const cased = ({ throttlingRateLimit, throttlingBurstLimit }: ReturnType<typeof throttle>) => ({
  ThrottlingRateLimit: throttlingRateLimit,
  ThrottlingBurstLimit: throttlingBurstLimit,
});

function routeKey(key: RouteKey): HttpRouteKey {
  if (key === '$default') return HttpRouteKey.DEFAULT;
  const [method, path] = key.split(' ') as [keyof typeof HttpMethod, string];
  return HttpRouteKey.with(path, HttpMethod[method]);
}
