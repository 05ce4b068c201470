import type { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Vault } from '../../adapters/crypto/vault.ts';
import { dynamodbPolicyRunStore } from '../../adapters/dynamodb/dynamodb-policy-run-store.ts';
import { dynamodbRosterStore } from '../../adapters/dynamodb/dynamodb-roster-store.ts';
import { outboxEventsOf, StreamAnswer, StreamEvent } from '../../adapters/dynamodb/stream.ts';
import type { Tables } from '../../adapters/dynamodb/tables.ts';
import { apiHandler } from '../../adapters/http/api-handler.ts';
import type { Operation } from '../../adapters/http/operation.ts';
import type { RateLimiter } from '../../adapters/http/rate-limit.ts';
import { digest } from '../../adapters/runtime.ts';
import type { Log } from '../../adapters/telemetry/log.ts';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { stepFunctionsWorkflows } from '../../adapters/workflows/step-functions.ts';
import * as review from '../../contracts/tasks/classified-review.ts';
import * as policy from '../../contracts/tasks/policy-simulation.ts';
import * as referral from '../../contracts/tasks/referral.ts';
import { PushReferralInput, PushReferralOutput } from '../../contracts/tasks/referral-push.ts';
import type { Now } from '../../domain/dates.ts';
import type { NewId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { createPolicies } from '../../domain/policy-versions/policies.ts';
import type { Webhooks } from '../../domain/subscriptions/webhooks.ts';
import { applicationOperations } from '../../functions/applications/operations.ts';
import { awaitNotice } from '../../functions/await-notice/await-notice.ts';
import { awaitReferral } from '../../functions/await-referral/await-referral.ts';
import { beginPolicyRun } from '../../functions/begin-policy-run/begin-policy-run.ts';
import { checkBreakGlass } from '../../functions/break-glass/check-break-glass.ts';
import { checkCompleteness } from '../../functions/check-completeness/check-completeness.ts';
import { concludePolicyRun } from '../../functions/conclude-policy-run/conclude-policy-run.ts';
import { countSegment } from '../../functions/count-segment/count-segment.ts';
import { endPolicyRun } from '../../functions/end-policy-run/end-policy-run.ts';
import { evaluateTiers } from '../../functions/evaluate-tiers/evaluate-tiers.ts';
import { householdOperations } from '../../functions/households/operations.ts';
import { noticeOperations } from '../../functions/notices/operations.ts';
import { openTask } from '../../functions/open-task/open-task.ts';
import { paymentRunOperations } from '../../functions/payment-runs/operations.ts';
import { policyOperations } from '../../functions/policies/operations.ts';
import { giveUpPush, pushReferral } from '../../functions/push-referral/push-referral.ts';
import { recordDetermination } from '../../functions/record-determination/record-determination.ts';
import { redecideSegment } from '../../functions/redecide-segment/redecide-segment.ts';
import { referralOperations } from '../../functions/referrals/operations.ts';
import { relayBatch } from '../../functions/relay/relay-batch.ts';
import { reviewOperations } from '../../functions/reviews/operations.ts';
import { subscriptionOperations } from '../../functions/subscriptions/operations.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { taskOperations } from '../../functions/tasks/operations.ts';
import { verifyMeans } from '../../functions/verify-means/verify-means.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { chinaCalendar } from '../../policies/working-days/china.ts';
import { county } from '../support/people.ts';
import { machineArns } from './machines.ts';

/** What a function is given when its process starts. */
export interface ProcessParts {
  readonly tables: Tables;
  readonly sfn: SFNClient;
  readonly vault: Vault;
  readonly now: Now;
  readonly newId: NewId;
  /** Where departments are called. */
  readonly webhooks: Webhooks;
  /** Notes what a function logged as having gone wrong, for the report of a violation. */
  readonly log: Log;
}

export type Handler = (event: unknown, context: { awsRequestId: string }) => Promise<unknown>;

const metrics = { count: () => undefined, flush: () => undefined };

/** The dependencies of one process: its memory is its own, and is gone when it is killed. */
const dependenciesOf = ({ tables, sfn, vault, webhooks, now, newId }: ProcessParts) => {
  const store = dynamodbRosterStore(tables, vault);
  return {
    store,
    runs: dynamodbPolicyRunStore(tables, vault.dataKeys),
    policies: createPolicies({ store, builtIn: shanxiPack, isKnownDivision: knownDivision, now }),
    calendar: chinaCalendar,
    webhooks,
    now,
    newId,
    digest,
    builtIn: shanxiPack,
    isKnownDivision: knownDivision,
    workflows: stepFunctionsWorkflows(sfn, machineArns),
  };
};
type ProcessDependencies = ReturnType<typeof dependenciesOf>;

/** Limits are of the hour, and a run is of eleven days: nobody is turned away here. */
const unlimited: RateLimiter = async () => ({
  refusal: null,
  headers: {},
  rateClass: null,
  agency: null,
  failure: null,
});

/** The functions of the API, over the operations that the deployed ones serve. */
const apiFunctions = {
  applications: applicationOperations,
  tasks: taskOperations,
  reviews: reviewOperations,
  notices: noticeOperations,
  policies: policyOperations,
  referrals: referralOperations,
  subscriptions: subscriptionOperations,
  households: householdOperations,
  'payment-runs': paymentRunOperations,
} as const satisfies Record<string, (dependencies: ProcessDependencies) => readonly Operation[]>;

type ApiFunction = keyof typeof apiFunctions;
const isApiFunction = (name: string): name is ApiFunction => Object.hasOwn(apiFunctions, name);

/** Wires the other functions as their `handler.ts` does; a sweep looks at the counties that a run is about. */
const taskFunctions = (d: ProcessDependencies, log: Log): Readonly<Record<string, Handler>> => {
  const watch = { log, metrics };
  return {
    'check-completeness': taskHandler({
      ...watch,
      task: 'check-completeness',
      input: review.CheckCompletenessInput,
      output: review.CheckCompletenessOutput,
      handle: ({ reviewId }) => checkCompleteness(d, reviewId),
    }),
    'verify-means': taskHandler({
      ...watch,
      task: 'verify-means',
      input: review.VerifyMeansInput,
      output: review.VerifyMeansOutput,
      handle: ({ reviewId }) => verifyMeans(d, reviewId),
    }),
    'evaluate-tiers': taskHandler({
      ...watch,
      task: 'evaluate-tiers',
      input: review.EvaluateTiersInput,
      output: review.EvaluateTiersOutput,
      handle: ({ reviewId, stage }) => evaluateTiers(d, reviewId, stage),
    }),
    'open-task': taskHandler({
      ...watch,
      task: 'open-task',
      input: review.OpenTaskInput,
      output: review.Opened,
      handle: ({ reviewId, kind, taskToken }) => openTask(d, reviewId, kind, taskToken),
    }),
    'await-notice': taskHandler({
      ...watch,
      task: 'await-notice',
      input: review.AwaitNoticeInput,
      output: review.Opened,
      handle: ({ reviewId, taskToken }) => awaitNotice(d, reviewId, taskToken),
    }),
    'record-determination': taskHandler({
      ...watch,
      task: 'record-determination',
      input: review.RecordDeterminationInput,
      output: review.RecordDeterminationOutput,
      handle: ({ reviewId }) => recordDetermination(d, reviewId),
    }),
    'begin-policy-run': taskHandler({
      ...watch,
      task: 'begin-policy-run',
      input: policy.BeginPolicyRunInput,
      output: policy.BeginPolicyRunOutput,
      handle: ({ runId }) => beginPolicyRun(d, runId),
    }),
    'count-segment': taskHandler({
      ...watch,
      task: 'count-segment',
      input: policy.CountSegmentInput,
      output: policy.SegmentOutput,
      handle: (step) => countSegment(d, step),
    }),
    'conclude-policy-run': taskHandler({
      ...watch,
      task: 'conclude-policy-run',
      input: policy.ConcludePolicyRunInput,
      output: policy.ConcludePolicyRunOutput,
      handle: ({ runId }) => concludePolicyRun(d, runId),
    }),
    'redecide-segment': taskHandler({
      ...watch,
      task: 'redecide-segment',
      input: policy.RedecideSegmentInput,
      output: policy.SegmentOutput,
      handle: (step) => redecideSegment(d, step),
    }),
    'end-policy-run': taskHandler({
      ...watch,
      task: 'end-policy-run',
      input: policy.EndPolicyRunInput,
      output: policy.EndPolicyRunOutput,
      handle: ({ runId, end }) => endPolicyRun(d, runId, end),
    }),
    'await-referral': taskHandler({
      ...watch,
      task: 'await-referral',
      input: referral.AwaitReferralInput,
      output: referral.AwaitReferralOutput,
      handle: ({ referralId, stage, taskToken }) => awaitReferral(d, referralId, stage, taskToken),
    }),
    'push-referral': taskHandler({
      ...watch,
      task: 'push-referral',
      input: PushReferralInput,
      output: PushReferralOutput,
      handle: ({ referralId, stage, since, step }) =>
        (step === 'call' ? pushReferral : giveUpPush)(d, { referralId, stage, since }),
    }),
    'relay': taskHandler({
      ...watch,
      task: 'relay',
      input: StreamEvent,
      output: StreamAnswer,
      handle: async (batch) => ({
        batchItemFailures: await relayBatch(d, outboxEventsOf(batch), (error, ids) =>
          log.write('RECORD_FAILED', ids, error),
        ),
      }),
    }),
    'sweep': taskHandler({
      ...watch,
      task: 'sweep',
      input: z.strictObject({ counties: z.array(DivisionCode).default([DivisionCode.parse(county)]) }),
      output: z.record(z.string(), z.int()),
      handle: async ({ counties }) => {
        const counts = await sweep(d, counties, (error) => log.write('SWEEP_ITEM_FAILED', {}, error));
        if (counts.failed > 0) throw new Error(`${counts.failed} items failed`);
        return { ...counts };
      },
    }),
  };
};

/** Starts the process of a function: everything it remembers begins here. */
export const startFunction = (name: string, parts: ProcessParts): Handler => {
  const dependencies = dependenciesOf(parts);
  if (isApiFunction(name)) {
    const handler = apiHandler({
      function: name,
      operations: apiFunctions[name](dependencies),
      defaultLanguage: 'en',
      edgeKey: async () => (await parts.vault.keyring())('cursor'),
      claimNames: { role: 'role', division: 'division', agency: 'agency' },
      limiter: unlimited,
      openBreakGlass: (breakGlassId, principal) => checkBreakGlass(dependencies, breakGlassId, principal),
      log: parts.log,
      metrics,
    });
    return (event, context) => handler(event, context as never);
  }
  const handler = taskFunctions(dependencies, parts.log)[name];
  if (handler === undefined) throw new Error(`there is no function ${name}`);
  return handler;
};
