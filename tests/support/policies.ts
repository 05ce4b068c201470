import { dynamodbPolicyRunStore } from '../../adapters/dynamodb/dynamodb-policy-run-store.ts';
import type { ActivationView, SimulationView } from '../../contracts/api/policies.ts';
import type { Outcome } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { PolicyRunId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { PolicyDraft } from '../../domain/policy/policy-draft.ts';
import { createPolicies } from '../../domain/policy-versions/policies.ts';
import { beginPolicyRun } from '../../functions/begin-policy-run/begin-policy-run.ts';
import { concludePolicyRun } from '../../functions/conclude-policy-run/conclude-policy-run.ts';
import { countSegment } from '../../functions/count-segment/count-segment.ts';
import { endPolicyRun } from '../../functions/end-policy-run/end-policy-run.ts';
import { activatePolicy } from '../../functions/policies/activate-policy.ts';
import { draftPolicy } from '../../functions/policies/draft-policy.ts';
import type { PolicyDependencies } from '../../functions/policies/policy-dependencies.ts';
import { listSimulatedChanges, readActivation, readSimulation } from '../../functions/policies/read-runs.ts';
import { simulatePolicy } from '../../functions/policies/simulate-policy.ts';
import { redecideSegment } from '../../functions/redecide-segment/redecide-segment.ts';
import { counties, knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { principal } from './people.ts';
import { bodyOf } from './reviews.ts';
import type { TestRoster } from './roster.ts';

export const drafter = principal('provincial', '14', 'feng-province');
export const secondProvincial = principal('provincial', '14', 'chu-province');
export const administrator = principal('administrator', '14', 'wei-administrator');
export const countyAdministrator = principal('administrator', '140121', 'jiang-administrator');

interface Standard {
  version?: string;
  basedOn?: string;
  /** Fen a month, for all rural households of the province. */
  rural?: number;
  validFrom?: string;
}

const dated = (validFrom: LocalDate, value: unknown, unit: string) => ({
  validFrom,
  value,
  unit,
  basis: 'assumption' as const,
  citation: 'a standard made up for a test',
});

/** One standard for the province and for each of its counties, which have series of their own. */
export const standardEverywhere = (settlement: 'urban' | 'rural', fen: number, validFrom = '2026-03-02') =>
  ['14', ...counties().map(({ code }) => code)].map((division) => ({
    division: DivisionCode.parse(division),
    settlement,
    values: [dated(LocalDate.parse(validFrom), fen, 'fen-per-month')],
  }));

/** A draft that sets another rural standard from a day on, by default a higher one from the day on which the clock of tests begins. */
export const standardDraft = (chosen: Standard = {}): PolicyDraft => {
  const { version = 'shanxi-2026.2', basedOn = shanxiPack.version, rural = 60_000, validFrom = '2026-03-02' } = chosen;
  return PolicyDraft.parse({
    version,
    basedOn,
    summary: { zh: '测试用农村标准', en: 'a rural standard for a test' },
    changes: { standards: standardEverywhere('rural', rural, validFrom) },
  });
};

/** What the functions on policies are given, on the tables of a test. */
export const policyDependencies = (roster: TestRoster, more: Partial<Dependencies> = {}): PolicyDependencies => ({
  ...roster.dependencies,
  // With a memory of its own, as another process has.
  policies: createPolicies({
    store: roster.store,
    builtIn: shanxiPack,
    isKnownDivision: knownDivision,
    now: roster.dependencies.now,
  }),
  runs: dynamodbPolicyRunStore(roster.tables, roster.vault.dataKeys),
  builtIn: shanxiPack,
  isKnownDivision: knownDivision,
  ...more,
});

/** Leads versions through their steps, in the order of the state machine, with the use cases themselves. */
export const policySteps = (dependencies: PolicyDependencies) => {
  const { digest } = dependencies;
  let keys = 0;
  const nextKey = (): string => {
    keys += 1;
    return `key-of-policy-steps-${keys}`;
  };

  const draft = (body: PolicyDraft, by: Principal = drafter, key: string = nextKey()) =>
    draftPolicy(dependencies, { principal: by, body, idempotencyKey: key, fingerprint: digest(JSON.stringify(body)) });

  const simulate = (policyVersion: string, by: Principal = drafter, key: string = nextKey()) =>
    simulatePolicy(dependencies, { principal: by, policyVersion, idempotencyKey: key, fingerprint: key }, 'en');

  const activate = (
    policyVersion: string,
    body: { simulationHash: string; activeFrom: string },
    by: Principal = secondProvincial,
    key: string = nextKey(),
  ): Promise<Outcome<ActivationView>> =>
    activatePolicy(
      dependencies,
      {
        principal: by,
        policyVersion,
        idempotencyKey: key,
        fingerprint: digest(JSON.stringify(body)),
        body: { simulationHash: body.simulationHash, activeFrom: LocalDate.parse(body.activeFrom) },
      },
      'en',
    );

  /** Counts all segments of a run, as the Map state does; answers what `begin` answered. */
  const count = async (runId: PolicyRunId) => {
    const begun = await beginPolicyRun(dependencies, runId);
    for (const step of begun.segments) while (!(await countSegment(dependencies, step as never)).done);
    return begun;
  };
  const redecide = async (runId: PolicyRunId, segments: readonly unknown[]): Promise<void> => {
    for (const step of segments) while (!(await redecideSegment(dependencies, step as never)).done);
    await endPolicyRun(dependencies, runId, 'finished');
  };
  /** All steps of a run, as the state machine takes them. */
  const run = async (runId: PolicyRunId): Promise<void> => {
    const { next, segments } = await count(runId);
    if (next !== 'count') return;
    if ((await concludePolicyRun(dependencies, runId)).next === 're-decide') await redecide(runId, segments);
  };

  const simulation = async (version: string, runId: PolicyRunId): Promise<SimulationView> =>
    bodyOf(await readSimulation(dependencies, version, runId, 'en'));
  const activation = async (version: string, runId: PolicyRunId): Promise<ActivationView> =>
    bodyOf(await readActivation(dependencies, version, runId, 'en'));

  return {
    draft,
    simulate,
    activate,
    count,
    conclude: (runId: PolicyRunId) => concludePolicyRun(dependencies, runId),
    redecide,
    run,
    simulation,
    activation,
    /** Drafts and simulates a version; answers the simulation, finished. */
    simulated: async (body: PolicyDraft): Promise<SimulationView> => {
      bodyOf(await draft(body));
      const { simulationId } = bodyOf(await simulate(body.version));
      await run(simulationId);
      return simulation(body.version, simulationId);
    },
    simulatedAgain: async (version: string): Promise<SimulationView> => {
      const { simulationId } = bodyOf(await simulate(version));
      await run(simulationId);
      return simulation(version, simulationId);
    },
    /** The whole named list of a simulation. */
    changes: async (version: string, simulationId: PolicyRunId, by: Principal = drafter) =>
      bodyOf(
        await listSimulatedChanges(dependencies, by, {
          policyVersion: version,
          simulationId,
          kind: undefined,
          county: undefined,
          limit: 500,
          after: null,
        }),
      ).changes,
    /** Activates a version by its simulation and carries it out; answers the activation as it has ended. */
    activated: async (version: string, simulationHash: string, activeFrom: string): Promise<ActivationView> => {
      const { activationId } = bodyOf(await activate(version, { simulationHash, activeFrom }));
      await run(activationId);
      return activation(version, activationId);
    },
  };
};
export type PolicySteps = ReturnType<typeof policySteps>;
