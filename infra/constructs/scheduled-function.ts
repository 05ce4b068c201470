import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, type ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Aws, Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Alarm } from './alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';

export type ScheduledFunctionProps = {
  readonly service: ServiceFunction;
  readonly schedule: ScheduleExpression;
  /** What people suffer while runs are missing or lost: the text of its alarms. */
  readonly impact: string;
  readonly alarmTopic: ITopic;
  /** In any such time at least one run is expected: an hour, if nothing is said. Whole hours, and longer than from one run to the next. */
  readonly within?: Duration;
};

const attempts = 2;
const patience = Duration.hours(1);

/** Runs a function on a schedule, with bounded retries, a queue for runs that were lost, and an alarm when none has happened for too long. */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { service, impact, alarmTopic, within = Duration.hours(1) } = props;
    const lost = new DeadLetterQueue(this, 'LostRuns');
    service.lambda.configureAsyncInvoke({
      retryAttempts: attempts,
      maxEventAge: patience,
      onFailure: new SqsDestination(lost.queue),
    });
    Validations.of(service.lambda).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'Failed runs go to the on-failure destination, which keeps the error beside the event; a second queue would hold less.',
    });
    this.addSchedule(props, lost);
    new Alarm(this, 'Lost', {
      impact,
      metric: lost.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      topic: alarmTopic,
    });
    new Alarm(this, 'Missing', {
      impact,
      // Hour by hour: one period of the whole time would end anywhere in the day, and be without its run around the minute of the run.
      metric: service.lambda.metricInvocations({ period: Duration.hours(1), statistic: 'Sum' }),
      threshold: 1,
      below: true,
      periods: within.toHours(),
      topic: alarmTopic,
    });
  }

  private addSchedule({ service, schedule }: ScheduledFunctionProps, lost: DeadLetterQueue): void {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [service.lambda.functionArn] }),
    );
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [lost.queue.queueArn] }));
    new Schedule(this, 'Schedule', {
      schedule,
      // Bound by hand: the ready-made target would let the role call every version and alias as well.
      target: {
        bind: () => ({
          arn: service.lambda.functionArn,
          role,
          retryPolicy: { maximumRetryAttempts: attempts, maximumEventAgeInSeconds: patience.toSeconds() },
          deadLetterConfig: { arn: lost.queue.queueArn },
        }),
      },
    });
  }
}
