import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { readStage } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';
import { registrationRoutes, routes, withHead } from '#infra/routes.ts';
import { newApp, resourcesOf, serviceOf, stackOf, templateOf, theOne } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const httpStage = theOne(stage, 'AWS::ApiGatewayV2::Stage');
  const deployed = resourcesOf(stage, 'AWS::ApiGatewayV2::Route');

  test('every route is explicit and goes to the function that has it', () => {
    const integrations = resourcesOf(stage, 'AWS::ApiGatewayV2::Integration');
    const functions = resourcesOf(stage, 'AWS::Lambda::Function');
    const answeredBy = Object.values(deployed).map(({ Properties }) => {
      const integration =
        integrations[/"([A-Za-z0-9]+)"\]?\}?\]?\]?\}$/.exec(JSON.stringify(Properties.Target))?.[1] ?? ''];
      const fn = integration && functions[integration.Properties.IntegrationUri['Fn::GetAtt'][0]];
      return [Properties.RouteKey, fn && serviceOf(fn.Properties)];
    });
    const wanted = Object.entries(routes).flatMap(([service, keys]) => withHead(keys).map((key) => [key, service]));
    expect(answeredBy.sort()).toEqual(wanted.sort());
  });

  test('each access log line names a route and never a path, an address or who asked', () => {
    const logged = Object.values(JSON.parse(httpStage.Properties.AccessLogSettings.Format));
    expect(logged).toContain('$context.routeKey');
    expect(logged).toContain('$context.status');
    expect(logged).toContain('$context.responseLatency');
    for (const variable of logged)
      expect(variable).not.toMatch(/path|ip|identity|user|authorizer|domain|querystring|header/i);
  });

  test('CORS is the functions’ own affair', () => {
    expect(theOne(stage, 'AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
  });

  test('the access log expires', () => {
    const groups = resourcesOf(stage, 'AWS::Logs::LogGroup');
    const [id] = Object.keys(groups).filter((name) => name.startsWith('SiteAccessLog'));
    expect(groups[id ?? '']?.Properties.RetentionInDays).toBeGreaterThan(0);
    expect(JSON.stringify(httpStage.Properties.AccessLogSettings.DestinationArn)).toContain(`"${id}"`);
  });

  test('registering is throttled more strictly than reading', () => {
    const { DefaultRouteSettings, RouteSettings } = httpStage.Properties;
    expect(Object.keys(RouteSettings).sort()).toEqual([...registrationRoutes].sort());
    for (const settings of Object.values<{ ThrottlingRateLimit: number; ThrottlingBurstLimit: number }>(
      RouteSettings,
    )) {
      expect(settings.ThrottlingRateLimit).toBeLessThan(DefaultRouteSettings.ThrottlingRateLimit);
      expect(settings.ThrottlingBurstLimit).toBeLessThan(DefaultRouteSettings.ThrottlingBurstLimit);
    }
  });

  test('a route’s throttle is set after the route is there, or API Gateway refuses it', () => {
    const throttled = Object.entries(deployed)
      .filter(([, { Properties }]) => (registrationRoutes as readonly string[]).includes(Properties.RouteKey))
      .map(([id]) => id);
    expect(throttled).toHaveLength(registrationRoutes.length);
    expect(httpStage['DependsOn']).toEqual(expect.arrayContaining(throttled));
  });
});

describe('links in mails lead', () => {
  const linksOf = (resources: ReturnType<typeof resourcesOf>) =>
    Object.values(resources)
      .map(({ Properties }) => Properties.Environment.Variables.SITE_URL)
      .filter(Boolean);

  test('to the API itself when nothing else is said', () => {
    const links = linksOf(resourcesOf('prod', 'AWS::Lambda::Function'));
    expect(links).toHaveLength(7);
    for (const link of links) expect(link).toEqual({ 'Fn::GetAtt': ['SiteApi5EF728C2', 'ApiEndpoint'] });
  });

  test('to the address given on the command line, while the output stays the API’s own', () => {
    const template = Template.fromStack(stackOf({ stage: 'local', siteUrl: 'http://localhost:3000/' }));
    for (const link of linksOf(template.findResources('AWS::Lambda::Function') as ReturnType<typeof resourcesOf>))
      expect(link).toBe('http://localhost:3000');
    expect(template.findOutputs('SiteUrl')['SiteUrl']?.['Value']).toHaveProperty('Fn::GetAtt');
  });
});

test('with a domain of its own the site has that one address', () => {
  const prod = readStage({ stage: 'prod' });
  const domain = { name: 'events.example.org', certificateArn: 'arn:aws:acm:eu-west-2:123456789012:certificate/1' };
  const template = Template.fromStack(
    new RollcallStack(newApp(), 'rollcall-prod', { ...prod, site: { ...prod.site, domain } }),
  );
  template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
  template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: domain.name });
  template.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1);
  template.hasOutput('SiteUrl', { Value: 'https://events.example.org' });
  expect(Object.keys(template.findOutputs('DomainTarget'))).toEqual(['DomainTarget']);
});

const namesOf = (fn: string) => [`${fn}FunctionName`, `${fn}RoleArn`];

test('tools and tests find what they need among the outputs', () => {
  expect(Object.keys(templateOf('local').findOutputs('*'))).toEqual(
    expect.arrayContaining([
      'SiteUrl',
      'TableName',
      'BusName',
      'FilesBucketName',
      'PublishDlqUrl',
      ...['LaneNow', 'LaneTimed', 'LaneBulk', 'Admit', 'Receipts', 'Campaigns', 'Jobs'].flatMap((name) => [
        `${name}QueueUrl`,
        `${name}DlqUrl`,
      ]),
      ...['GuestSite', 'OrganiserApi', 'Publish', 'Admit', 'Receipts', 'Sweep'].flatMap(namesOf),
      ...['Send', 'SendTimed', 'SendBulk', 'RunCampaigns', 'Jobs'].flatMap(namesOf),
    ]),
  );
});
