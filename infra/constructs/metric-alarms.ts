import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { metricCatalogue, metricsPlace } from '../../contracts/metrics.ts';
import { Alarm } from './alarm.ts';

/** One alarm for each metric of the catalogue that has a threshold: callers that are refused, a counter or a store out of reach. */
export class MetricAlarms extends Construct {
  constructor(scope: Construct, id: string, { topic }: { readonly topic: ITopic }) {
    super(scope, id);
    for (const [metricName, { alarm, impact }] of Object.entries(metricCatalogue)) {
      if (alarm === null) continue;
      const metric = new Metric({
        namespace: metricsPlace.namespace,
        metricName,
        dimensionsMap: { service: metricsPlace.service },
        period: Duration.minutes(alarm.minutes),
        statistic: 'Sum',
      });
      new Alarm(this, metricName, { impact, metric, threshold: alarm.threshold, topic });
    }
  }
}
