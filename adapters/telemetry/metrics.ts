import { Metrics } from '@aws-lambda-powertools/metrics';
import { type MetricName, metricCatalogue, metricsPlace } from '../../contracts/metrics.ts';

export interface Counters {
  count(name: MetricName, amount?: number): void;
  /** Writes what was counted since the last time, as one line in CloudWatch's embedded metric format; nothing when nothing was. */
  flush(): void;
}

/** The counters of a function: one sum for the platform, whichever function counts. The log group says which one did. */
export const createMetrics = (): Counters => {
  const metrics = new Metrics({ namespace: metricsPlace.namespace, serviceName: metricsPlace.service });
  let hasCounted = false;
  return {
    count: (name, amount = 1) => {
      hasCounted = true;
      metrics.addMetric(name, metricCatalogue[name].unit, amount);
    },
    flush: () => {
      if (hasCounted) metrics.publishStoredMetrics();
      hasCounted = false;
    },
  };
};
