import { SFNClient } from '@aws-sdk/client-sfn';
import { readEnvironment } from '../../contracts/environment.ts';
import type { DailyScanWorkflow } from '../../domain/missed-needs/scan-of.ts';
import type { Workflows } from '../../domain/workflows/workflows.ts';
import { clientSettings } from '../aws-clients.ts';
import { stepFunctionsDailyScan, stepFunctionsWorkflows } from './step-functions.ts';

/** The workflows on the state machines named in a function's environment; throws at once when it is not complete. */
export const runtimeWorkflows = (variables: Readonly<Record<string, string | undefined>>): Workflows => {
  const arns = readEnvironment(variables, [
    'CLASSIFIED_REVIEW_ARN',
    'POLICY_SIMULATION_ARN',
    'REFERRAL_ARN',
    'REFERRAL_PUSH_ARN',
    'FEED_COMPARISON_ARN',
  ]);
  return stepFunctionsWorkflows(new SFNClient(clientSettings), {
    classifiedReview: arns.CLASSIFIED_REVIEW_ARN,
    policySimulation: arns.POLICY_SIMULATION_ARN,
    referral: arns.REFERRAL_ARN,
    referralPush: arns.REFERRAL_PUSH_ARN,
    feedComparison: arns.FEED_COMPARISON_ARN,
  });
};

/** The workflow of the daily scan on the state machine named in a function's environment. */
export const runtimeDailyScan = (variables: Readonly<Record<string, string | undefined>>): DailyScanWorkflow => {
  const { DAILY_SCAN_ARN } = readEnvironment(variables, ['DAILY_SCAN_ARN']);
  return stepFunctionsDailyScan(new SFNClient(clientSettings), DAILY_SCAN_ARN);
};
