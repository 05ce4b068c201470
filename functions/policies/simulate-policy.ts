import type { SimulationView } from '../../contracts/api/policies.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Language } from '../../contracts/problems.ts';
import { worksIn } from '../../domain/access/reach.ts';
import { policyVersionLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { type Requested, type RunRequest, requestRun, runBefore } from './request-run.ts';
import { simulationPath, simulationViewOf } from './run-view.ts';

/** Asks for a simulation of a version over the whole live roster. The result is read under the location that is answered. */
export const simulatePolicy = async (
  dependencies: PolicyDependencies,
  request: RunRequest,
  language: Language,
): Promise<Outcome<SimulationView>> => {
  const { store, policies } = dependencies;
  const version = await store.policyVersion(request.policyVersion);
  if (version === undefined) return refuse('not-found');
  const answer = async (requested: Requested): Promise<Outcome<SimulationView>> =>
    succeed(await simulationViewOf(dependencies, requested.run, language), {
      location: simulationPath(requested.run),
      ...(requested.replayed ? { replayed: true } : {}),
    });
  const before = await runBefore(dependencies, 'simulate', version, request);
  if (before !== undefined) return before.ok ? answer(before) : before;
  if (!policyVersionLifecycle.simulate.from.includes(version.state)) {
    return refuse('lifecycle-conflict', { state: version.state });
  }
  const { version: inForce, region } = await policies.inForce();
  if (!worksIn(request.principal, region)) return refuse('forbidden');
  if (inForce !== version.basedOn) return refuse('policy-base-moved', { links: { inForce: `/policies/${inForce}` } });
  const requested = await requestRun(dependencies, 'simulate', version, request, null);
  return requested.ok ? answer(requested) : requested;
};
