import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  ActivationBody,
  ActivationView,
  ChangesPage,
  ChangesPosition,
  ChangesQuery,
  DraftBody,
  PolicyList,
  PolicyListQuery,
  PolicyVersionView,
  SimulationView,
  versionInPath,
} from '../../contracts/api/policies.ts';
import { PolicyRunId } from '../../domain/ids.ts';
import { activatePolicy } from './activate-policy.ts';
import { draftPolicy } from './draft-policy.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { listPolicies, readPolicy } from './read-policies.ts';
import { listSimulatedChanges, readActivation, readSimulation } from './read-runs.ts';
import { simulatePolicy } from './simulate-policy.ts';
import { withdrawPolicy } from './withdraw-policy.ts';

const params = z.object({ version: versionInPath });
const simulationParams = params.extend({ simulationId: pathId(PolicyRunId) });
const activationParams = params.extend({ activationId: pathId(PolicyRunId) });

/** The operations on versions of the policy as such. */
const versionOperations = (dependencies: PolicyDependencies): readonly Operation[] => [
  defineOperation({
    operation: 'draftPolicy',
    summary: 'Draft a change of the policy as a new version',
    body: DraftBody,
    response: PolicyVersionView,
    status: 201,
    idempotent: true,
    problems: ['policy-version-exists', 'policy-base-moved'],
    handle: (call) => draftPolicy(dependencies, call),
  }),
  defineOperation({
    operation: 'listPolicies',
    summary: 'List all versions of the policy',
    query: PolicyListQuery,
    page: z.string(),
    response: PolicyList,
    status: 200,
    handle: ({ query, after }) => listPolicies(dependencies, query.limit, after),
  }),
  defineOperation({
    operation: 'readPolicy',
    summary: 'Read a version of the policy with its document',
    params,
    response: PolicyVersionView,
    status: 200,
    handle: (call) => readPolicy(dependencies, call.params.version),
  }),
  defineOperation({
    operation: 'withdrawPolicy',
    summary: 'Withdraw a version that is not in force',
    params,
    response: PolicyVersionView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict'],
    handle: (call) => withdrawPolicy(dependencies, call.principal, call.params.version, call.ifMatch),
  }),
];

/** The operations that run a version over the roster, and read what came of it. */
const runOperations = (dependencies: PolicyDependencies): readonly Operation[] => [
  defineOperation({
    operation: 'simulatePolicy',
    summary: 'Simulate a version over the whole live roster',
    params,
    response: SimulationView,
    status: 202,
    idempotent: true,
    problems: ['policy-base-moved', 'lifecycle-conflict'],
    handle: (call) => simulatePolicy(dependencies, { ...call, policyVersion: call.params.version }, call.language),
  }),
  defineOperation({
    operation: 'readSimulation',
    summary: 'Read how far a simulation has got and what it came to',
    params: simulationParams,
    response: SimulationView,
    status: 200,
    handle: (call) => readSimulation(dependencies, call.params.version, call.params.simulationId, call.language),
  }),
  defineOperation({
    operation: 'listSimulatedChanges',
    summary: 'List the households a simulated version would change something for',
    params: simulationParams,
    query: ChangesQuery,
    page: ChangesPosition,
    response: ChangesPage,
    status: 200,
    handle: ({ principal, params: { version: policyVersion, simulationId }, query, after }) =>
      listSimulatedChanges(dependencies, principal, {
        policyVersion,
        simulationId,
        kind: query.kind,
        county: query.county,
        limit: query.limit,
        after,
      }),
  }),
  defineOperation({
    operation: 'activatePolicy',
    summary: 'Activate a version, bound by hash to its simulation',
    params,
    body: ActivationBody,
    response: ActivationView,
    status: 202,
    idempotent: true,
    problems: [
      'lifecycle-conflict',
      'policy-four-eyes',
      'policy-not-simulated',
      'policy-draft-changed',
      'simulation-superseded',
      'simulation-stale',
      'policy-base-moved',
    ],
    handle: (call) => activatePolicy(dependencies, { ...call, policyVersion: call.params.version }, call.language),
  }),
  defineOperation({
    operation: 'readActivation',
    summary: 'Read how far an activation has got and whom it has decided anew',
    params: activationParams,
    response: ActivationView,
    status: 200,
    handle: (call) => readActivation(dependencies, call.params.version, call.params.activationId, call.language),
  }),
];

/** The operations on versions of the policy. */
export const policyOperations = (dependencies: PolicyDependencies): readonly Operation[] => [
  ...versionOperations(dependencies),
  ...runOperations(dependencies),
];
