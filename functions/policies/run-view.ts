import type { ActivationView, SimulationView } from '../../contracts/api/policies.ts';
import type { Language } from '../../contracts/problems.ts';
import type { PolicyRunId } from '../../domain/ids.ts';
import { addRedecided, type PolicyRun } from '../../domain/policy-versions/policy-run.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { refusalTexts, warningTexts } from './run-texts.ts';

export const simulationPathOf = (policyVersion: string, simulationId: PolicyRunId): string =>
  `/policies/${policyVersion}/simulations/${simulationId}`;
export const simulationPath = ({ policyVersion, runId }: PolicyRun): string => simulationPathOf(policyVersion, runId);
export const activationPath = ({ policyVersion, runId }: PolicyRun): string =>
  `/policies/${policyVersion}/activations/${runId}`;

const sharedViewOf = async ({ runs }: PolicyDependencies, run: PolicyRun, language: Language) => {
  const counted = await runs.segments(run.runId);
  return {
    version: run.policyVersion,
    status: run.state,
    requestedBy: run.requestedBy,
    requestedAt: run.requestedAt,
    endedAt: run.endedAt,
    progress: {
      segmentsDone: counted.filter(({ done }) => done).length,
      segments: run.segments,
      households: counted.reduce((sum, { tally }) => sum + tally.households, 0),
    },
    result:
      run.result === null
        ? null
        : {
            ...run.result,
            warnings: run.result.warnings.map((code) => ({ code, text: warningTexts[code][language] })),
          },
  };
};

/** A simulation as callers see it, with how far it has got. */
export const simulationViewOf = async (
  dependencies: PolicyDependencies,
  run: PolicyRun,
  language: Language,
): Promise<SimulationView> => ({ simulationId: run.runId, ...(await sharedViewOf(dependencies, run, language)) });

/** An activation as callers see it: what it is bound to, what the comparison found, and whom it has decided anew so far. */
export const activationViewOf = async (
  dependencies: PolicyDependencies,
  run: PolicyRun,
  language: Language,
): Promise<ActivationView> => {
  if (run.bound === null) throw new Error(`${run.runId} is bound to no simulation`);
  const decided = await dependencies.runs.allDecided(run.runId);
  const texts = run.refusal === null ? null : refusalTexts[run.refusal];
  return {
    activationId: run.runId,
    simulationId: run.bound.simulationId,
    simulationHash: run.bound.hash,
    activeFrom: run.bound.activeFrom,
    ...(await sharedViewOf(dependencies, run, language)),
    drift: run.drift,
    refusal:
      run.refusal === null || texts === null
        ? null
        : { code: run.refusal, cause: texts.cause[language], cure: texts.cure[language] },
    redecided: run.redecided ?? addRedecided(decided.map(({ redecided }) => redecided)),
  };
};
