import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { PolicyRunId } from '../ids.ts';
import { policyRunStates } from '../lifecycles/policy-version.ts';
import { PolicyVersionName } from './policy-version.ts';
import { ChangeCounts, CountyTierCount } from './tally.ts';

const Count = z.int().min(0);
const Hash = z.string().regex(/^[0-9a-f]{64}$/u);

/** What a reader of a result must not overlook. */
export const runWarnings = ['standard-raised-while-people-cut', 'later-values-not-simulated', 'undecided'] as const;
export type RunWarning = (typeof runWarnings)[number];

/** What a run over the whole roster came to. */
export const RunResult = z.strictObject({
  /** Of the counts, the date and the named list; the same however the roster was cut into segments. */
  hash: Hash,
  asOf: LocalDate,
  households: Count,
  /** A mark of all households and their versions: equal means that nobody's record was written in between. Not part of the hash. */
  roster: z.string(),
  counts: z.array(CountyTierCount),
  changes: ChangeCounts,
  warnings: z.array(z.enum(runWarnings)),
});
export type RunResult = z.infer<typeof RunResult>;

/** How far the roster has moved from the simulated list: households new on it, gone from it, and on it with another change. */
export const Drift = z.strictObject({
  simulated: Count,
  fresh: Count,
  appeared: Count,
  gone: Count,
  changed: Count,
  /** Share of the simulated list, in ten-thousandths, and how much is allowed. */
  tenThousandths: Count,
  allowed: Count,
});
export type Drift = z.infer<typeof Drift>;

/** Why an activation was refused after its run had begun. */
export const runRefusals = ['roster-moved', 'base-moved', 'withdrawn', 'another-simulation'] as const;
export type RunRefusal = (typeof runRefusals)[number];

/** What became of the households of the list. */
export const Redecided = z.strictObject({
  inForce: Count,
  awaitingCheck: Count,
  awaitingApplication: Count,
  /** Could no longer be decided when its turn came: facts have changed or aged since. What stood goes on standing. */
  cannotDecide: Count,
});
export type Redecided = z.infer<typeof Redecided>;

/** One run of the state machine `policy-simulation`: a simulation, or the activation that is bound to one. */
export const PolicyRun = z.strictObject({
  runId: PolicyRunId,
  version: z.int().min(1),
  mode: z.enum(['simulate', 'activate']),
  state: z.enum(policyRunStates),
  policyVersion: PolicyVersionName,
  basedOn: PolicyVersionName,
  draftHash: Hash,
  requestedBy: z.string(),
  requestedAt: Instant,
  requestHash: z.string(),
  /** Of an activation: the simulation it is bound to, and the first day of the version. */
  bound: z.strictObject({ simulationId: PolicyRunId, hash: Hash, activeFrom: LocalDate }).nullable(),
  /** Set when the run begins: the date on which both packs are applied, and into how many segments the roster is cut. */
  asOf: LocalDate.nullable(),
  segments: z.int().min(1).nullable(),
  endedAt: Instant.nullable(),
  result: RunResult.nullable(),
  drift: Drift.nullable(),
  refusal: z.enum(runRefusals).nullable(),
  redecided: Redecided.nullable(),
});
export type PolicyRun = z.infer<typeof PolicyRun>;

export const noneRedecided: Redecided = { inForce: 0, awaitingCheck: 0, awaitingApplication: 0, cannotDecide: 0 };

/** Adds counts of households decided anew. */
export const addRedecided = (counts: readonly Redecided[]): Redecided =>
  counts.reduce(
    (sum, count) => ({
      inForce: sum.inForce + count.inForce,
      awaitingCheck: sum.awaitingCheck + count.awaitingCheck,
      awaitingApplication: sum.awaitingApplication + count.awaitingApplication,
      cannotDecide: sum.cannotDecide + count.cannotDecide,
    }),
    noneRedecided,
  );
