import type { Dependencies } from '../domain/dependencies.ts';
import type { Determination } from '../domain/determinations/determination.ts';
import { differs } from '../domain/policy-versions/change-determination.ts';
import { changeDeterminationIdOf } from '../domain/policy-versions/run-ids.ts';

/**
 * Whether the activation of the version by which a household would be decided anew has proposed the very same already, on top of the same
 * decision: it waits for the county, or the county has answered. Asking once more would be a second task about one thing.
 */
export const isProposedByActivation = async (
  { store, digest }: Pick<Dependencies, 'store' | 'digest'>,
  next: Determination,
): Promise<boolean> => {
  const version = await store.policyVersion(next.policyVersion);
  if (version?.activation == null) return false;
  const id = changeDeterminationIdOf(digest, version.activation.runId, next.householdId);
  const proposed = await store.determination(id);
  return proposed !== undefined && proposed.previous === next.previous && !differs(proposed, next);
};
