import {
  Alarm as CloudWatchAlarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export type AlarmProps = {
  /** What people suffer while this lasts: one whole sentence, for the person on call. */
  readonly impact: string;
  readonly metric: IMetric;
  /** The alarm sounds at this value and above; with `below`, under it. */
  readonly threshold: number;
  readonly below?: boolean;
  readonly periods?: number;
  readonly topic: ITopic;
};

const isSentence = (text: string): boolean => /^[A-Z].{30,}\.$/u.test(text);

/** An alarm that says what people would suffer. It cannot be made without saying it. */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { impact, metric, threshold, below = false, periods = 1, topic } = props;
    if (!isSentence(impact))
      throw new Error(`Alarm ${this.node.path}: the impact must be one whole sentence, not "${impact}"`);
    const alarm = new CloudWatchAlarm(this, 'Alarm', {
      alarmDescription: impact,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Silence is good news for a count of errors, and bad news for a count of runs.
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
