import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Aws, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import { Alarm } from './alarm.ts';
import type { ServiceFunction } from './service-function.ts';

const definitions = resolve(import.meta.dirname, '..', '..', 'state-machines');

/** `check-completeness` is named `${CheckCompletenessArn}` in the definition. */
const placeholder = (functionName: string): string =>
  `${functionName.replace(/(?:^|-)([a-z])/gu, (_, letter: string) => letter.toUpperCase())}Arn`;

export type WorkflowProps = {
  /** Name of the file below state-machines/, without .asl.json. */
  readonly definition: string;
  /** The functions its tasks call, by the name of their folder. */
  readonly functions: ReadonlyMap<string, ServiceFunction>;
  /** Its map is distributed: it starts executions of its own for the items. */
  readonly isDistributed?: boolean;
  /** What people suffer while executions fail: the text of its alarm. */
  readonly impact: string;
  readonly alarmTopic: ITopic;
};

/** A STANDARD state machine made from a file of state-machines/, with its own role, that may call its own functions and no other. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: `Hearth: state machine ${props.definition}`,
    });
    const functions = [...props.functions];
    for (const [, task] of functions) task.isCalledSynchronously(`the state machine ${props.definition}`);
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: functions.map(([, task]) => task.lambda.functionArn),
      }),
    );
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      // Text, not a file asset: the definition is then in the template, where the local platform and the tests read it.
      definitionBody: DefinitionBody.fromString(
        readFileSync(join(definitions, `${props.definition}.asl.json`), 'utf8'),
      ),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        ...Object.fromEntries(functions.map(([name, task]) => [placeholder(name), task.lambda.functionArn])),
      },
      stateMachineType: StateMachineType.STANDARD,
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_YEAR }),
        level: LogLevel.ALL,
        // Which state was entered when is enough to follow a review; what it held stays out of the logs.
        includeExecutionData: false,
      },
    });
    if (props.isDistributed === true) this.letDistribute(role);
    this.acknowledgeLogDelivery(role);
    this.addAlarms(props);
  }

  /** ARN of the state machine, for a function's environment. */
  get arn(): string {
    return this.stateMachine.stateMachineArn;
  }

  /** Lets a function start executions, and nothing else. */
  grantStart(starter: ServiceFunction): void {
    starter.allow(['states:StartExecution'], [this.arn]);
  }

  /** Lets a function start, answer and stop executions. */
  grantControl(controller: ServiceFunction): void {
    controller.allow(['states:StartExecution'], [this.arn]);
    controller.allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], ['*']);
    const executions = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    controller.allow(['states:StopExecution'], [executions]);
    Validations.of(controller.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'SendTaskSuccess and SendTaskFailure know no resource: whoever holds a task token may answer that task and no other.',
    });
    controller.acknowledgePattern(
      executions,
      'Executions get their names when they are started; the pattern covers those of this state machine only.',
    );
  }

  /**
   * A distributed map runs each of its items as an execution of the same machine, watches it, and stops it when the map fails. Where the
   * execution is redriven, it redrives those that failed: for that the role of the machine needs leave, beside whoever redrives.
   */
  private letDistribute(role: Role): void {
    const { stateMachineArn, stateMachineName } = this.stateMachine;
    const executionsNamed = (behind: string): string =>
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${stateMachineName}${behind}`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    const all = executionsNamed('*');
    // Executions of a map run are named machine/label:name.
    const ofItems = executionsNamed('/*:*');
    // Apart from the role's own policy, for which the machine waits: this one names the machine.
    const policy = new Policy(this, 'Distribute', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
        new PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [all] }),
        new PolicyStatement({ actions: ['states:RedriveExecution'], resources: [ofItems] }),
      ],
    });
    Validations.of(policy).acknowledge(
      ...[all, ofItems].map((executions) => ({
        id: `AwsSolutions-IAM5[Resource::${flattenCfnReference(Stack.of(this).resolve(executions))}]`,
        reason:
          'Executions get their names when they are started; the pattern covers those of this state machine only.',
      })),
    );
  }

  private acknowledgeLogDelivery(role: Role): void {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray and the delivery of logs have no resources to name: their actions are granted on all or none.',
    });
  }

  private addAlarms({ impact, alarmTopic }: WorkflowProps): void {
    const options = { period: Duration.minutes(5), statistic: 'Sum' };
    new Alarm(this, 'Failed', {
      impact,
      metric: this.stateMachine.metricFailed(options),
      threshold: 1,
      topic: alarmTopic,
    });
    new Alarm(this, 'TimedOut', {
      impact,
      metric: this.stateMachine.metricTimedOut(options),
      threshold: 1,
      topic: alarmTopic,
    });
  }
}
