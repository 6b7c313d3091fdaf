import { describe, expect, test } from 'vitest';
import { resourcesOf, templateOf, theOne } from './synthesised.ts';

const TAGS = ['event', 'registration', 'campaign', 'occasion', 'attempt', 'addressRevision'];

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const sets = Object.values(resourcesOf(stage, 'AWS::SES::ConfigurationSet')).map(({ Properties }) => Properties);
  const names = ['service', 'optional', 'urgent'].map((kind) => `rollcall-${stage}-${kind}`);
  const onTheDefaultBus = Object.values(resourcesOf(stage, 'AWS::Events::Rule'))
    .map(({ Properties }) => Properties)
    .filter(({ EventBusName, EventPattern }) => !EventBusName && EventPattern);
  const [rule] = onTheDefaultBus;

  test('there is a configuration set for service, optional and urgent mail, each with its reputation and suppression', () => {
    expect(sets.map(({ Name }) => Name)).toEqual(names);
    for (const set of sets)
      expect(set).toMatchObject({
        ReputationOptions: { ReputationMetricsEnabled: true },
        SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      });
  });

  test('only urgent mail is given up soon', () => {
    expect(sets.map(({ DeliveryOptions }) => DeliveryOptions?.MaxDeliverySeconds)).toEqual([undefined, undefined, 900]);
  });

  test('each set reports to the default bus, the only one SES knows, whatever settles a mail', () => {
    const reports = Object.values(resourcesOf(stage, 'AWS::SES::ConfigurationSetEventDestination'));
    expect(reports).toHaveLength(3);
    for (const { Properties } of reports) {
      expect(JSON.stringify(Properties.EventDestination.EventBridgeDestination)).toContain(':event-bus/default');
      expect(Properties.EventDestination.MatchingEventTypes).toEqual([
        'send',
        'delivery',
        'bounce',
        'complaint',
        'reject',
        'renderingFailure',
      ]);
    }
  });

  test('the default bus, which everybody shares, is heard for mails of our own sets only', () => {
    expect(onTheDefaultBus).toHaveLength(1);
    expect(rule.EventPattern.source).toEqual(['aws.ses']);
    expect(rule.EventPattern.detail.mail.tags['ses:configuration-set']).toEqual(names);
  });

  test('a receipt that lacks one of our tags is left out: without it the message would not be JSON', () => {
    for (const tag of TAGS) expect(rule.EventPattern.detail.mail.tags[tag]).toEqual([{ exists: true }]);
  });

  const [{ InputTransformer }] = rule.Targets;

  test('a receipt is passed on without addresses: type, time, message id, bounce type and our own tags', () => {
    expect(Object.values(InputTransformer.InputPathsMap).sort()).toEqual(
      [
        '$.time',
        '$.detail.eventType',
        '$.detail.mail.messageId',
        '$.detail.bounce.bounceType',
        ...TAGS.map((tag) => `$.detail.mail.tags.${tag}`),
      ].sort(),
    );
  });

  test('the message is JSON whether or not there is a bounce', () => {
    const filled = (bounceType: string) =>
      InputTransformer.InputTemplate.replace(/"<bounceType>"/, JSON.stringify(bounceType)).replace(
        /<(\w+)>/g,
        (_: string, name: string) => JSON.stringify(TAGS.includes(name) ? [name] : name),
      );
    const rest = { type: 'type', time: 'time', messageId: 'messageId' };
    const tags = Object.fromEntries(TAGS.map((tag) => [tag, [tag]]));
    expect(JSON.parse(filled('Permanent'))).toEqual({ v: 1, ...rest, bounceType: 'Permanent', ...tags });
    expect(JSON.parse(filled(''))).toEqual({ v: 1, ...rest, bounceType: '', ...tags });
  });
});

/** The records the deploy prints, by output. */
const printed = (stage: string) =>
  Object.fromEntries(
    Object.entries(templateOf(stage).findOutputs('*'))
      .filter(([id]) => /^Mail.*Record\d?$/.test(id))
      .map(([id, { Value }]) => [id, JSON.stringify(Value)]),
  );

test('the domain that is verified has bounces of its own below it, and a record that is missing stops no mail', () => {
  expect(theOne('prod', 'AWS::SES::EmailIdentity').Properties).toMatchObject({
    EmailIdentity: 'example.org',
    MailFromAttributes: { MailFromDomain: 'bounce.example.org', BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
  });
});

test('every record that the zone needs is printed as a line of a zone file: DKIM, MX and SPF for bounces, DMARC', () => {
  const records = printed('prod');
  expect(Object.keys(records).sort()).toEqual([
    'MailDkimRecord1',
    'MailDkimRecord2',
    'MailDkimRecord3',
    'MailDmarcRecord',
    'MailFromMxRecord',
    'MailFromSpfRecord',
  ]);
  expect(records.MailDkimRecord1).toMatch(/DkimDNSTokenName1.*\. IN CNAME .*DkimDNSTokenValue1.*"\."/);
  expect(records.MailFromMxRecord).toBe(
    JSON.stringify({
      'Fn::Join': ['', ['bounce.example.org. IN MX 10 feedback-smtp.', { Ref: 'AWS::Region' }, '.amazonses.com.']],
    }),
  );
  expect(records.MailFromSpfRecord).toBe(
    JSON.stringify('bounce.example.org. IN TXT "v=spf1 include:amazonses.com ~all"'),
  );
  expect(records.MailDmarcRecord).toBe(JSON.stringify('_dmarc.example.org. IN TXT "v=DMARC1; p=none"'));
});

test('the local AWS, which signs nothing, prints none', () => {
  expect(printed('local')).toEqual({});
});
