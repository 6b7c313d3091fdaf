import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { REFUSALS } from '#infra/watch-pages.ts';
import { resourcesOf } from './synthesised.ts';

interface Counted {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: { readonly Name: string; readonly Value: string }[];
}

/** The metrics of our own that alarms look at. */
const counted: Counted[] = Object.values(resourcesOf('prod', 'AWS::CloudWatch::Alarm'))
  .flatMap(
    ({ Properties }) =>
      Properties.Metrics?.map((each: { MetricStat?: { Metric: Counted } }) => each.MetricStat?.Metric) ?? [Properties],
  )
  .filter((metric?: Counted) => metric?.Namespace?.startsWith('Rollcall'));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('some alarm looks at something that functions count', () => {
  expect(counted).not.toHaveLength(0);
});

const sourcesIn = (...folder: string[]) =>
  readdirSync(join(...folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(...folder, file), 'utf8'));
const sourcesOf = (service: string) => sourcesIn('functions', service);

const [fromLogs, fromFunctions] = [true, false].map((filtered) =>
  counted.filter(({ Dimensions }) => (Dimensions === undefined) === filtered),
) as [Counted[], Counted[]];

test.each(fromFunctions)('$MetricName is counted by the function it is expected of', ({ MetricName, Dimensions }) => {
  const service = Dimensions?.find(({ Name }) => Name === 'service')?.Value ?? '';
  const sources = sourcesOf(service);
  expect(sources.some((source) => source.includes(`'${MetricName}'`))).toBe(true);
  expect(sources.some((source) => source.includes(`counter('${service}')`))).toBe(true);
});

test.each(fromLogs)('$MetricName counts lines that functions log', ({ Namespace, MetricName }) => {
  const filters = Object.values(resourcesOf('prod', 'AWS::Logs::MetricFilter'))
    .map(({ Properties }) => Properties)
    .filter(({ MetricTransformations }) => MetricTransformations[0].MetricName === MetricName);
  expect(filters).not.toHaveLength(0);
  for (const { MetricTransformations, FilterPattern, LogGroupName } of filters) {
    const MetricValue = FilterPattern.includes('MailNotVerified') ? String(REFUSALS) : '1';
    expect(MetricTransformations).toEqual([{ MetricNamespace: Namespace, MetricName, MetricValue }]);
    const [, site, lane] =
      /(Guest|Personal)SiteLogs|(Send)(?:Now|Timed|Bulk)FunctionLogs/.exec(JSON.stringify(LogGroupName)) ?? [];
    const sources = site
      ? sourcesIn('functions', `${site.toLowerCase()}-site`).concat(sourcesIn('shared', 'site'))
      : sourcesIn('functions', String(lane).toLowerCase());
    const said = [
      ...FilterPattern.matchAll(/\$\.message = "(.+?)"/g),
      ...FilterPattern.matchAll(/\$\.(Mail\w+) = "?\*"?/g),
    ];
    expect(said).not.toHaveLength(0);
    for (const [, words] of said)
      expect(
        sources.some((source) => source.includes(`'${words}'`)),
        words,
      ).toBe(true);
  }
});

test('each lane is watched for mails that Amazon refused, and for runs that broke, as Lambda itself logs them', () => {
  const filters = Object.values(resourcesOf('prod', 'AWS::Logs::MetricFilter'))
    .map(({ Properties }) => Properties)
    .filter(({ MetricTransformations }) => MetricTransformations[0].MetricName === 'SendingFails');
  const lanesOf = (pattern: string) =>
    filters
      .filter(({ FilterPattern }) => FilterPattern.includes(pattern))
      .map(({ LogGroupName }) => /Send\w+?Function/.exec(JSON.stringify(LogGroupName))?.[0])
      .sort();
  const lanes = ['SendBulkFunction', 'SendNowFunction', 'SendTimedFunction'];
  expect(lanesOf('(($.type = "platform.report") && ($.record.status != "success"))')).toEqual(lanes);
  expect(lanesOf('$.MailNotVerified')).toEqual(lanes);
});

test('one mail that nobody verified may send raises the alarm at once', () => {
  const [alarm] = Object.values(resourcesOf('prod', 'AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => Properties)
    .filter(({ MetricName }) => MetricName === 'SendingFails');
  expect(alarm).toMatchObject({ Threshold: REFUSALS, Statistic: 'Sum', DatapointsToAlarm: 1 });
});

test('functions count where the alarms of their stage look', async () => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Rollcall/prod');
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const { counter } = await import('#shared/metrics.ts');
  counter('send')('MailExpired');
  vi.restoreAllMocks();
  const [emitted] = lines.map((line) => JSON.parse(line));
  expect(emitted).toMatchObject({
    service: 'send',
    MailExpired: 1,
    _aws: { CloudWatchMetrics: [{ Namespace: counted[0]?.Namespace, Dimensions: [['service']] }] },
  });
});
