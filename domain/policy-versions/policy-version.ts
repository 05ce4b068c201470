import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { PolicyRunId } from '../ids.ts';
import { policyVersionStates } from '../lifecycles/policy-version.ts';
import { ChangeCounts } from './tally.ts';

/** The name of a version, as decisions carry it. */
export const PolicyVersionName = z
  .string()
  .regex(/^[a-z0-9.-]{3,60}$/u, 'expected 3 to 60 of a-z, 0-9, dot and hyphen');
const Hash = z.string().regex(/^[0-9a-f]{64}$/u);

/** What the newest simulation of a draft came to, kept with it: an activation is bound to this. */
export const SimulationSummary = z.strictObject({
  runId: PolicyRunId,
  hash: Hash,
  /** The day on which both packs were applied. */
  asOf: LocalDate,
  simulatedAt: Instant,
  changes: ChangeCounts,
});
export type SimulationSummary = z.infer<typeof SimulationSummary>;

/** A version of the policy: a draft document on top of another version. The document is never edited; a change is a new version. */
export const PolicyVersion = z.strictObject({
  policyVersion: PolicyVersionName,
  version: z.int().min(1),
  state: z.enum(policyVersionStates),
  basedOn: PolicyVersionName,
  /** The draft as JSON text, as it was handed in and parsed: what is hashed is what is stored. */
  draft: z.string().min(2),
  draftHash: Hash,
  /** Hash of the whole pack the draft makes of its base. */
  packHash: Hash,
  /** The first day on which one of its values holds. */
  effectiveFrom: LocalDate,
  createdBy: z.string().min(1),
  createdAt: Instant,
  simulation: SimulationSummary.nullable(),
  activation: z
    .strictObject({ runId: PolicyRunId, activatedBy: z.string(), activeFrom: LocalDate, activatedAt: Instant })
    .nullable(),
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;

/** Which version is in force from which day, the newest last. One record, so that two activations of one moment meet in it. */
export const PolicyInForce = z.strictObject({
  version: z.int().min(1),
  history: z.array(z.strictObject({ policyVersion: PolicyVersionName, activeFrom: LocalDate })).min(1),
});
export type PolicyInForce = z.infer<typeof PolicyInForce>;
