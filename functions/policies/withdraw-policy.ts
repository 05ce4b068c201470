import type { PolicyVersionView } from '../../contracts/api/policies.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { policyVersionLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { viewOf } from './policy-view.ts';

/** Takes a version back that is not in force. A run of it that is under way, or waits for its first day, then ends refused. */
export const withdrawPolicy = async (
  { store, policies, now, newId }: PolicyDependencies,
  principal: Principal,
  name: string,
  ifMatch: number | null,
): Promise<Outcome<PolicyVersionView>> => {
  const version = await store.policyVersion(name);
  if (version === undefined) return refuse('not-found');
  const { region, version: inForce } = await policies.inForce();
  if (!worksIn(principal, region)) return refuse('forbidden');
  const move = policyVersionLifecycle.withdraw;
  if (!move.from.includes(version.state)) return refuse('lifecycle-conflict', { state: version.state });
  if (ifMatch !== null && ifMatch !== version.version) return refuse('version-conflict', { version: version.version });
  const withdrawn = { ...version, version: version.version + 1, state: move.to };
  const result = await store.commit({
    aggregates: [{ kind: 'policy-version', value: withdrawn, from: move.from }],
    event: newEvent('PolicyWithdrawn', now(), newId, { policyVersion: name }),
    actor: { role: principal.role, subject: principal.subject },
    division: region,
  });
  if (!result.ok) return refuse('version-conflict');
  return succeed(viewOf(withdrawn, inForce), { version: withdrawn.version });
};
