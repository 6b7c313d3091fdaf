import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What happened, counted: `MailExpired`, `MailHeld`, `MailFailed`, …; once, unless it says how often. */
export type Count = (name: string, times?: number) => void;

/** Counts into CloudWatch by the embedded metric format, one log line each; the namespace is the stage's. */
export function counter(serviceName: string): Count {
  const metrics = new Metrics({ serviceName });
  return (name, times = 1) => {
    metrics.addMetric(name, MetricUnit.Count, times);
    metrics.publishStoredMetrics();
  };
}
