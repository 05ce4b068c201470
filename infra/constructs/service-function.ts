import { join } from 'node:path';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration, type Size, Stack, Validations } from 'aws-cdk-lib/core';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import type { EnvironmentVariable } from '../../contracts/environment.ts';
import { Alarm } from './alarm.ts';

/** What the configuration says of all functions of one deployment. */
export type FunctionSettings = {
  readonly functionsFolder: string;
  readonly architecture: Architecture;
  /** Whether they send traces to X-Ray. */
  readonly traced: boolean;
};

/** What all functions of one stack have in common. */
export type FunctionDefaults = FunctionSettings & { readonly alarmTopic: ITopic };

export type ServiceFunctionProps = FunctionDefaults & {
  /** Folder of the function below functions/. */
  readonly name: string;
  /** What people suffer while it fails: the text of its alarm. */
  readonly impact: string;
  readonly environment: Partial<Record<EnvironmentVariable, string>>;
  readonly timeout: Duration;
  readonly size?: FunctionSize;
};

/** What a function has where its work asks for more than the others have. */
export type FunctionSize = {
  /** Megabytes. The processor comes with them: 1,769 are one of its own. */
  readonly memory?: number;
  /** Room in /tmp, of which every function has 512 MB. */
  readonly scratch?: Size;
};

/**
 * A function with the defaults of the house: Node 24, its own role that may do nothing but log and trace until something is
 * granted, logs kept for a year, bounded time and memory, and an alarm that says what people would suffer.
 */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_YEAR });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Hearth: ${props.name}`,
    });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Hearth: ${props.name}`,
      code: Code.fromAsset(join(props.functionsFolder, props.name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture,
      memorySize: props.size?.memory ?? 1024,
      ...(props.size?.scratch === undefined ? {} : { ephemeralStorageSize: props.size.scratch }),
      timeout: props.timeout,
      role: this.role,
      tracing: props.traced ? Tracing.ACTIVE : Tracing.DISABLED,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: 'Hearth',
        ...props.environment,
      },
    });
    this.acknowledgeTracing(props.traced);
    new Alarm(this, 'Errors', {
      impact: props.impact,
      metric: this.lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      topic: props.alarmTopic,
    });
  }

  /** Adds one statement to the function's own role. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Says why a statement of the function's role names a pattern of resources. */
  acknowledgePattern(resource: string, reason: string): void {
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${flattenCfnReference(Stack.of(this).resolve(resource))}]`,
      reason,
    });
  }

  /** For a function that is only ever called by someone who waits for the answer and sees the error. */
  isCalledSynchronously(by: string): this {
    Validations.of(this.lambda).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: `Called by ${by}, which waits for the answer and handles the error; a dead-letter queue serves asynchronous calls only.`,
    });
    return this;
  }

  private acknowledgeTracing(isTraced: boolean): void {
    if (isTraced) {
      Validations.of(this.role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resources to name: PutTraceSegments is granted on all or none.',
      });
      return;
    }
    Validations.of(this.lambda).acknowledge({
      id: 'Serverless-LambdaTracing',
      reason: 'X-Ray does not take part in Lambda in the regions of China, or the configuration does without traces.',
    });
  }
}
