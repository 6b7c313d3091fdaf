import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What happened, counted: `MailExpired`, `MailHeld`, `MailFailed`, … */
export type Count = (name: string) => void;

/** Counts into CloudWatch by the embedded metric format, one log line each; the namespace is the stage's. */
export function counter(serviceName: string): Count {
  const metrics = new Metrics({ serviceName });
  return (name) => {
    metrics.addMetric(name, MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  };
}
