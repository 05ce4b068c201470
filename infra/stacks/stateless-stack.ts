import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CfnOutput, Duration, Size, Stack, type StackProps, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type EnvironmentVariable, type FunctionName, functionNames } from '../../contracts/environment.ts';
import type { RateLimitSettings } from '../../domain/access/rate-limits.ts';
import type { Configuration } from '../configuration.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { AuditStream } from '../constructs/audit-stream.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { MetricAlarms } from '../constructs/metric-alarms.ts';
import { OutboxStream } from '../constructs/outbox-stream.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import {
  type FunctionDefaults,
  type FunctionSettings,
  type FunctionSize,
  ServiceFunction,
} from '../constructs/service-function.ts';
import { Workflow, type WorkflowProps } from '../constructs/workflow.ts';
import { impacts } from './impacts.ts';
import type { StatefulStack } from './stateful-stack.ts';

export type StatelessStackProps = StackProps & {
  readonly kept: StatefulStack;
  readonly functions: FunctionSettings;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** What the issuer calls the claims that say who a caller is. */
  readonly claims: Configuration['claims'];
  readonly defaultLanguage: 'zh' | 'en';
  readonly retentionDays: number;
  readonly rateLimits: RateLimitSettings;
  readonly alarmEmail: string | undefined;
};

/** Steps of a policy run that read the whole roster: one estimates its size, the other counts a segment of it. */
const scanning = ['begin-policy-run', 'count-segment'] as const satisfies readonly FunctionName[];

/**
 * What looks at a whole file in one call, of which nothing is noted before its end. Its time is the longest there is, and the memory is for the processor
 * that comes with it, one of its own: what is used of it stays under 512 MB (docs/benchmarks.md). The scratch room is for the keys of the largest file
 * (`largestFeed`), were all of its rows the shortest there can be: 12 bytes for each of 30.
 */
const wholeFile = { timeout: Duration.minutes(15), size: { memory: 1_769, scratch: Size.gibibytes(2) } };

/** What runs: the API, the workflows, the relay between them, and the sweep that watches the deadlines. */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, { ...props, description: 'Hearth: API, workflow, relay and sweep' });
    const { kept, functions, issuer, audience, claims } = props;
    const { defaultLanguage, retentionDays, rateLimits, alarmEmail } = props;
    const alarmTopic = new AlarmTopic(this, 'Alarms', alarmEmail).topic;
    new MetricAlarms(this, 'MetricAlarms', { topic: alarmTopic });
    const defaults: FunctionDefaults = { ...functions, alarmTopic };
    const everyone = {
      ...kept.tables.environment,
      ...kept.identitySecret.environment,
      ...kept.dataKey.environment,
      DEFAULT_LANGUAGE: defaultLanguage,
      RATE_LIMITS: JSON.stringify(rateLimits),
      ROLE_CLAIM: claims.role,
      DIVISION_CLAIM: claims.division,
      AGENCY_CLAIM: claims.agency,
    };

    const define: Define = (name, timeout, more = {}, size = {}) => {
      const service = new ServiceFunction(this, name, {
        ...defaults,
        name,
        timeout,
        size,
        impact: impacts[name],
        environment: { ...everyone, ...more },
      });
      kept.identitySecret.grantRead(service);
      kept.dataKey.grantUse(service);
      kept.tables.grantReadWrite(service);
      kept.tables.grantAppendAudit(service);
      return service;
    };
    const defineAll = (names: readonly FunctionName[], timeout: Duration) =>
      new Map(names.map((name) => [name, define(name, timeout)]));

    const workflow = (
      id: string,
      definition: string,
      functions: WorkflowProps['functions'],
      impact: 'classifiedReview' | 'policySimulation' | 'referral' | 'referralPush' | 'dailyScan' | 'feedComparison',
      isDistributed = false,
    ) => new Workflow(this, id, { definition, functions, impact: impacts[impact], alarmTopic, isDistributed });

    const aStep = Duration.seconds(30);
    const reviewFunctions = defineAll(functionNames.workflow, aStep);
    const review = workflow('ClassifiedReview', 'classified-review', reviewFunctions, 'classifiedReview');

    const policyFunctions = defineAll(functionNames.policy, Duration.minutes(5));
    for (const name of scanning) {
      const scanner = policyFunctions.get(name);
      if (scanner !== undefined) kept.tables.grantScan(scanner);
    }
    const policySimulation = workflow('PolicySimulation', 'policy-simulation', policyFunctions, 'policySimulation');
    const referral = workflow('Referral', 'referral', defineAll(functionNames.referral, aStep), 'referral');
    const push = workflow('PushToDepartment', 'referral-push', defineAll(functionNames.push, aStep), 'referralPush');

    const comparison = this.defineFeeds(kept, define, workflow);

    const arns = {
      CLASSIFIED_REVIEW_ARN: review.arn,
      POLICY_SIMULATION_ARN: policySimulation.arn,
      REFERRAL_ARN: referral.arn,
      REFERRAL_PUSH_ARN: push.arn,
      FEED_COMPARISON_ARN: comparison.arn,
    };
    const relay = define('relay', Duration.minutes(1), arns);
    const sweep = define('sweep', Duration.minutes(5), arns);
    for (const controller of [relay, sweep]) {
      review.grantControl(controller);
      policySimulation.grantStart(controller);
      referral.grantStart(controller);
      push.grantStart(controller);
      comparison.grantStart(controller);
    }
    new OutboxStream(this, 'OutboxStream', { tables: kept.tables, relay, alarmTopic });
    this.addAuditChain(kept, defaults);
    kept.tables.grantChainAudit(sweep);
    kept.tables.grantReadEntries(sweep);
    new ScheduledFunction(this, 'SweepSchedule', {
      service: sweep,
      schedule: ScheduleExpression.rate(Duration.minutes(15)),
      impact: impacts.missedSweep,
      alarmTopic,
    });

    const scanFunctions = this.defineScan(kept, define);
    const dailyScan = workflow('DailyScan', 'daily-scan', scanFunctions, 'dailyScan');
    const beginScan = define('begin-daily-scan', Duration.minutes(1), { DAILY_SCAN_ARN: dailyScan.arn });
    dailyScan.grantStart(beginScan);
    kept.tables.grantScan(beginScan);
    new ScheduledFunction(this, 'DailyScanSchedule', {
      service: beginScan,
      // At night in China, when nobody works on the roster.
      schedule: ScheduleExpression.cron({ hour: '2', minute: '30', timeZone: TimeZone.ASIA_SHANGHAI }),
      impact: impacts.missedScan,
      alarmTopic,
      // A day, and two hours in which a run that failed is tried again.
      within: Duration.hours(26),
    });

    const apiFunctions = this.defineApi(kept, define, retentionDays);
    const api = new HttpApi(this, 'HttpApi', {
      functions: apiFunctions,
      issuer,
      audience,
      impact: impacts.api,
      alarmTopic,
    });
    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Address of the HTTP API' });
  }

  /** The functions of the API, each with what its work takes. */
  private defineApi(kept: StatefulStack, define: Define, retentionDays: number): ReadonlyMap<string, ServiceFunction> {
    // The gateway gives up after 30 seconds; a function that ends before it can still say what went wrong.
    const withinARequest = Duration.seconds(20);
    const apiFunctions = new Map([
      ...functionNames.api
        .filter((name) => name !== 'keys' && name !== 'feeds')
        .map((name) => [name, define(name, withinARequest)] as const),
      ['keys', define('keys', withinARequest, { RETENTION_DAYS: String(retentionDays) })] as const,
      ['feeds', define('feeds', withinARequest, kept.feeds.environment)] as const,
    ]);
    const keys = apiFunctions.get('keys');
    if (keys !== undefined) kept.tables.grantScan(keys);
    const feeds = apiFunctions.get('feeds');
    if (feeds !== undefined) {
      // It signs addresses: whoever holds one may do for minutes what the function may do with that object.
      kept.feeds.grantWrite(feeds, 'uploads');
      kept.feeds.grantRead(feeds, 'uploads');
      kept.feeds.grantRead(feeds, 'rejects');
    }
    const audit = apiFunctions.get('audit');
    if (audit !== undefined) {
      kept.tables.grantReadChain(audit);
      kept.tables.grantReadEntries(audit);
    }
    const recordReader = apiFunctions.get('households');
    if (recordReader !== undefined) kept.tables.grantReadRecords(recordReader);
    return apiFunctions;
  }

  /** The steps of the daily scan: one reads the roster and lays down the marks of people, the other holds the marks against each other. */
  private defineScan({ feeds, tables }: StatefulStack, define: Define): ReadonlyMap<string, ServiceFunction> {
    const functions = new Map(
      functionNames.scan.map((name) => [name, define(name, Duration.minutes(5), feeds.environment)] as const),
    );
    for (const [name, service] of functions) {
      if (name === 'compare-people') {
        feeds.grantRead(service, 'alike');
        continue;
      }
      tables.grantScan(service);
      feeds.grantWrite(service, 'alike');
    }
    return functions;
  }

  /** The comparison of a department's file with the roster: each function reaches the kind of object that is its work. */
  private defineFeeds({ feeds, tables }: StatefulStack, define: Define, workflow: DefineWorkflow): Workflow {
    const functions = new Map(
      functionNames.feed.map((name) => {
        const { timeout, size } = name === 'begin-comparison' ? wholeFile : { timeout: Duration.minutes(5), size: {} };
        return [name, define(name, timeout, feeds.environment, size)] as const;
      }),
    );
    for (const [name, service] of functions) {
      // Who is on the roster is gathered from the table, without anything of a file; that alone reads the whole table.
      if (name === 'index-people') {
        feeds.grantRead(service, 'people');
        feeds.grantWrite(service, 'people');
        tables.grantScan(service);
        continue;
      }
      feeds.grantRead(service, 'uploads');
      if (name === 'compare-piece') feeds.grantRead(service, 'people');
      // A compressed file is unpacked, and where its pieces begin and end is written beside it.
      if (name === 'begin-comparison') feeds.grantWrite(service, 'uploads');
      else feeds.grantWrite(service, 'rejects');
      if (name === 'end-comparison') feeds.grantRead(service, 'rejects');
    }
    return workflow('FeedComparison', 'feed-comparison', functions, 'feedComparison', true);
  }

  /** What seals the audit works for the Audit table alone: it is given neither the Roster nor the secret. */
  private addAuditChain({ tables }: StatefulStack, defaults: FunctionDefaults): void {
    const chainAudit = new ServiceFunction(this, 'chain-audit', {
      ...defaults,
      name: 'chain-audit',
      timeout: Duration.minutes(1),
      impact: impacts['chain-audit'],
      environment: { AUDIT_TABLE: tables.environment.AUDIT_TABLE },
    });
    tables.grantChainAudit(chainAudit);
    new AuditStream(this, 'AuditStream', { tables, chainAudit, alarmTopic: defaults.alarmTopic });
  }
}

type Define = (
  name: FunctionName,
  timeout: Duration,
  more?: Partial<Record<EnvironmentVariable, string>>,
  size?: FunctionSize,
) => ServiceFunction;
type DefineWorkflow = (
  id: string,
  definition: string,
  functions: WorkflowProps['functions'],
  impact: 'feedComparison',
  isDistributed: boolean,
) => Workflow;
