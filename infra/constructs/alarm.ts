import {
  Alarm as CloudWatchAlarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export type AlarmProps = {
  /** What people suffer while this lasts: one whole sentence, for the person on call. */
  readonly impact: string;
  readonly metric: Metric;
  /** The alarm sounds at this value and above; with `below`, under it, where a period without data counts as nothing. */
  readonly threshold: number;
  readonly below?: boolean;
  /** So many periods in a row: one, if nothing is said. CloudWatch looks at seven days at the most, and at one where a period is under an hour. */
  readonly periods?: number;
  readonly topic: ITopic;
};

const isSentence = (text: string): boolean => /^[A-Z].{30,}\.$/u.test(text);

/**
 * CloudWatch looks at some periods more than an alarm asks for, and treats a gap as missing only where too few points are left: what should have
 * come and did not would be told days late, by the points of the days before. With its gaps filled it is told at once.
 */
const withoutGaps = (metric: Metric): IMetric =>
  new MathExpression({ expression: 'FILL(counted, 0)', usingMetrics: { counted: metric }, period: metric.period });

/** An alarm that says what people would suffer. It cannot be made without saying it. */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { impact, metric, threshold, below = false, periods = 1, topic } = props;
    if (!isSentence(impact))
      throw new Error(`Alarm ${this.node.path}: the impact must be one whole sentence, not "${impact}"`);
    const alarm = new CloudWatchAlarm(this, 'Alarm', {
      alarmDescription: impact,
      metric: below ? withoutGaps(metric) : metric,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Silence is good news for a count of errors, and bad news for a count of runs, also where there never was one.
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
