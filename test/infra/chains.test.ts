import { describe, expect, test } from 'vitest';
import { MOST_LINKS } from '#shared/domain/chains.ts';
import { MOST_RETURNS } from '#shared/domain/returns.ts';
import { type Resource, resourcesOf } from './synthesised.ts';

/** How often each function runs in one chain of messages at most (docs/adr/0024): once, unless named. */
const RUNS: Readonly<Record<string, number>> = {
  SendNow: MOST_RETURNS + 1,
  SendTimed: MOST_RETURNS + 1,
  SendBulk: MOST_RETURNS + 1,
  // `run-campaigns`, which keeps the name of a queue it took over: a plan, a start, and a walk that goes on.
  StartRun: 1 + 1 + 1 + MOST_LINKS,
  Jobs: MOST_LINKS + 1,
};
/** "Approximately 16 times": docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html, November 2026. */
const LOOP = 16;

const textOf = (part: unknown): string => JSON.stringify(part ?? '');
/** `SendNow` of `SendNowFunction1A2B3C4D`, of its role, its queue, and of what belongs to them. */
const workerOf = (id: string): string => id.replace(/(Function(Role)?|Queue|Dlq|Role).*$/, '');

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const functions = resourcesOf(stage, 'AWS::Lambda::Function');
  const policies = Object.values(resourcesOf(stage, 'AWS::IAM::Policy'));
  const sources = Object.values(resourcesOf(stage, 'AWS::Lambda::EventSourceMapping'));
  const rules = Object.values(resourcesOf(stage, 'AWS::Events::Rule'));

  const workers = new Set(Object.keys(functions).map(workerOf));
  const fed = (queue: string): string[] =>
    sources
      .filter(({ Properties }) => textOf(Properties.EventSourceArn).includes(`"${queue}`))
      .map(({ Properties }) => workerOf(String(Properties.FunctionName.Ref)));
  const queuesIn = (part: unknown): string[] =>
    [...textOf(part).matchAll(/"(\w+Queue[0-9A-F]{8})"/g)].map(([, queue]) => queue ?? '');
  const statementsOf = ({ Properties }: Resource): { Action: string | string[]; Resource: unknown }[] =>
    Properties.PolicyDocument.Statement;

  /** Who a function may set going: by a queue it may put messages into, or by a fact it may put on the bus. */
  const next = (worker: string): string[] => {
    const granted = policies
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => workerOf(Ref) === worker))
      .flatMap(statementsOf);
    const may = (action: string) => granted.filter(({ Action }) => [Action].flat().includes(action));
    const byQueue = may('sqs:SendMessage').flatMap(({ Resource: queues }) => queuesIn(queues).flatMap(fed));
    const onBus = may('events:PutEvents').length > 0 ? rules.filter(({ Properties }) => Properties.EventBusName) : [];
    const byFact = onBus.flatMap(({ Properties }) => [
      ...queuesIn(Properties.Targets).flatMap(fed),
      ...[...textOf(Properties.Targets).matchAll(/"(\w+Function[0-9A-F]{8})"/g)].map(([, fn]) => workerOf(fn ?? '')),
    ]);
    return [...new Set([...byQueue, ...byFact])];
  };

  const circles = (worker: string, path: readonly string[] = []): string[] =>
    path.includes(worker)
      ? [[...path.slice(path.indexOf(worker)), worker].join(' → ')]
      : next(worker).flatMap((each) => circles(each, [...path, worker]));

  test('the only circles of messages are those of a function that goes on with its own work', () => {
    const all = new Set([...workers].flatMap((worker) => circles(worker)));
    expect([...all].sort()).toEqual(
      Object.keys(RUNS)
        .map((worker) => `${worker} → ${worker}`)
        .sort(),
    );
  });

  test('no chain is as long as what Lambda takes for a loop, however it counts', () => {
    const longest = (worker: string): number =>
      (RUNS[worker] ?? 1) +
      Math.max(
        0,
        ...next(worker)
          .filter((each) => each !== worker)
          .map(longest),
      );
    const lengths = Object.fromEntries([...workers].map((worker) => [worker, longest(worker)]));
    expect(lengths).toMatchObject({ Publish: 13, Sweep: 12, StartRun: 11 });
    for (const length of Object.values(lengths)) expect(length).toBeLessThan(LOOP);
  });

  test('Lambda’s brake on loops stays on for every function', () => {
    for (const { Properties } of Object.values(functions)) expect(Properties.RecursiveLoop).toBeUndefined();
  });
});
