import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What is counted, spelt once. Alarms and dashboards use these names, in the namespace Hearth. */
const metricNames = [
  'UnexpectedErrors',
  'StoreUnavailable',
  'OutboxRelayed',
  'OutboxStranded',
  'TasksReminded',
  'TasksEscalated',
  'NoticesEnded',
] as const;
type MetricName = (typeof metricNames)[number];

export interface Counters {
  count(name: MetricName, amount?: number): void;
  /** Writes what was counted since the last time, as one line in CloudWatch's embedded metric format; nothing when nothing was. */
  flush(): void;
}

/** The counters of a function. The service name is taken from the function's environment unless given. */
export const createMetrics = (service?: string): Counters => {
  const metrics = new Metrics({ namespace: 'Hearth', ...(service !== undefined && { serviceName: service }) });
  let hasCounted = false;
  return {
    count: (name, amount = 1) => {
      hasCounted = true;
      metrics.addMetric(name, MetricUnit.Count, amount);
    },
    flush: () => {
      if (hasCounted) metrics.publishStoredMetrics();
      hasCounted = false;
    },
  };
};
