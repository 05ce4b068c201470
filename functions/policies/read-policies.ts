import type { PolicyVersionSummary, PolicyVersionView } from '../../contracts/api/policies.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { builtInSummary, summaryOf, viewOf } from './policy-view.ts';

/** All versions, the built-in one first, then in the order in which they were drafted. */
export const listPolicies = async (
  { store, policies, builtIn, digest }: PolicyDependencies,
  limit: number,
  after: string | null,
): Promise<Outcome<{ policies: PolicyVersionSummary[] }>> => {
  const inForce = (await policies.inForce()).version;
  const page = await store.policyVersions(limit, after);
  const drafted = page.items.map((version) => summaryOf(version, inForce));
  const all = after === null ? [builtInSummary(digest, builtIn, inForce), ...drafted] : drafted;
  return succeed({ policies: all }, { next: page.next });
};

/** One version with its document; its ETag is the version of the record. */
export const readPolicy = async (
  { store, policies, builtIn, digest }: PolicyDependencies,
  name: string,
): Promise<Outcome<PolicyVersionView>> => {
  const inForce = (await policies.inForce()).version;
  if (name === builtIn.version) {
    return succeed({ ...builtInSummary(digest, builtIn, inForce), draft: null }, { version: 1 });
  }
  const version = await store.policyVersion(name);
  return version === undefined ? refuse('not-found') : succeed(viewOf(version, inForce), { version: version.version });
};
