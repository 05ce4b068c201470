import type { Digest } from '../dependencies.ts';
import { DeterminationId, type EventId, type HouseholdId, PolicyRunId, TaskId } from '../ids.ts';

const derived = (digest: Digest, ...parts: readonly string[]): string => digest(parts.join('|')).slice(0, 32);

/** The same request, of the same caller about the same draft, is the same run: a repetition starts nothing. */
export const runIdOf = (
  digest: Digest,
  mode: 'simulate' | 'activate',
  request: { policyVersion: string; draftHash: string; caller: string; key: string },
): PolicyRunId => {
  const { policyVersion, draftHash, caller, key } = request;
  return PolicyRunId.parse(
    `${mode === 'simulate' ? 'sim' : 'act'}_${derived(digest, mode, policyVersion, draftHash, caller, key)}`,
  );
};

/** What an activation, or a change in the household, leads to for a household: once, however often the step is repeated. */
export const changeDeterminationIdOf = (
  digest: Digest,
  cause: PolicyRunId | EventId,
  householdId: HouseholdId,
): DeterminationId => DeterminationId.parse(`det_${derived(digest, cause, householdId, 'policy-change')}`);

/** What time has changed of what stands for a household: the same on every night, as long as the same would be different. */
export const reassessmentIdOf = (
  digest: Digest,
  standing: { readonly determinationId: DeterminationId },
  content: string,
): DeterminationId =>
  DeterminationId.parse(`det_${derived(digest, standing.determinationId, content, 'reassessment')}`);

export const changeTaskIdOf = (digest: Digest, determinationId: DeterminationId): TaskId =>
  TaskId.parse(`tsk_${derived(digest, determinationId, 'policy-change-check')}`);
