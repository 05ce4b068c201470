import { z } from 'zod';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { PolicyRunId } from '../../domain/ids.ts';
import { policyRunStates, policyVersionStates } from '../../domain/lifecycles/policy-version.ts';
import { PolicyDraft } from '../../domain/policy/policy-draft.ts';
import { ChangeLine, changeKinds } from '../../domain/policy-versions/change-line.ts';
import { Drift, Redecided, RunResult, runRefusals, runWarnings } from '../../domain/policy-versions/policy-run.ts';
import { ChangeCounts } from '../../domain/policy-versions/tally.ts';
import { fault } from '../field-faults.ts';
import { CountyField, DateField, pageLimit } from './fields.ts';

/** The version in a path: its name. */
export const versionInPath = z.string().regex(/^[a-z0-9.-]{3,60}$/u, fault('id.malformed'));

/** A draft as a caller sends it: the document that `hearth policy check` reads. */
export const DraftBody = PolicyDraft;

const Hash = z.string().regex(/^[0-9a-f]{64}$/u, fault('format'));

export const ActivationBody = z.strictObject({
  simulationHash: Hash.meta({ description: 'The hash of the simulation whose result was looked at.' }),
  activeFrom: DateField.meta({ description: 'The first day the version is in force.' }),
});
export type ActivationBody = z.infer<typeof ActivationBody>;

/** A version of the policy, without its document. The built-in version has nobody who drafted it. */
export const PolicyVersionSummary = z.strictObject({
  version: z.string(),
  state: z.enum(policyVersionStates),
  inForce: z.boolean(),
  basedOn: z.string().nullable(),
  summary: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
  /** The first day on which one of the draft's values holds. */
  effectiveFrom: LocalDate.nullable(),
  createdBy: z.string().nullable(),
  createdAt: Instant.nullable(),
  draftHash: z.string().nullable(),
  packHash: z.string(),
  simulation: z
    .strictObject({
      simulationId: PolicyRunId,
      hash: z.string(),
      asOf: LocalDate,
      simulatedAt: Instant,
      changes: ChangeCounts,
    })
    .nullable(),
  activation: z
    .strictObject({ activationId: PolicyRunId, activatedBy: z.string(), activeFrom: LocalDate, activatedAt: Instant })
    .nullable(),
});
export type PolicyVersionSummary = z.infer<typeof PolicyVersionSummary>;

/** A version with its document. */
export const PolicyVersionView = PolicyVersionSummary.extend({
  draft: z.record(z.string(), z.unknown()).nullable().meta({ description: 'The document as it was handed in.' }),
});
export type PolicyVersionView = z.infer<typeof PolicyVersionView>;

export const PolicyListQuery = z.strictObject({ limit: pageLimit(100, 50) });
export const PolicyList = z.strictObject({
  policies: z.array(PolicyVersionSummary),
  nextCursor: z.string().nullable(),
});

/** How far a run has read the roster. `segments` is null until it has begun. */
const Progress = z.strictObject({
  segmentsDone: z.int().min(0),
  segments: z.int().min(1).nullable(),
  households: z.int().min(0),
});

const Warning = z.strictObject({ code: z.enum(runWarnings), text: z.string() });
const ResultView = RunResult.omit({ warnings: true }).extend({ warnings: z.array(Warning) });
const RunView = z.strictObject({
  version: z.string(),
  status: z.enum(policyRunStates),
  requestedBy: z.string(),
  requestedAt: Instant,
  endedAt: Instant.nullable(),
  progress: Progress,
  /** What it came to; null until all of the roster has been read. */
  result: ResultView.nullable(),
});

/** A simulation of a version over the whole live roster. */
export const SimulationView = RunView.extend({ simulationId: PolicyRunId });
export type SimulationView = z.infer<typeof SimulationView>;

/** An activation: the roster is read again, compared with what was simulated, and the households of the list decided anew. */
export const ActivationView = RunView.extend({
  activationId: PolicyRunId,
  simulationId: PolicyRunId,
  simulationHash: z.string(),
  activeFrom: LocalDate,
  /** What the comparison with the simulated list found; null until it was made. */
  drift: Drift.nullable(),
  refusal: z.strictObject({ code: z.enum(runRefusals), cause: z.string(), cure: z.string() }).nullable(),
  /** Households decided anew so far. */
  redecided: Redecided,
});
export type ActivationView = z.infer<typeof ActivationView>;

export const ChangesQuery = z.strictObject({
  kind: z.enum(changeKinds).optional(),
  county: CountyField.optional(),
  limit: pageLimit(500, 100),
});
/** A page of the named list. A page may hold fewer lines than asked for, also none, while there are more. */
export const ChangesPage = z.strictObject({ changes: z.array(ChangeLine), nextCursor: z.string().nullable() });
/** Where a page begins: after so many lines of a part of a segment. */
export const ChangesPosition = z.strictObject({ segment: z.int(), part: z.int(), line: z.int() });
export type ChangesPosition = z.infer<typeof ChangesPosition>;
