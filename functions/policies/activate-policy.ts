import type { ActivationBody, ActivationView } from '../../contracts/api/policies.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../../contracts/outcome.ts';
import type { Language } from '../../contracts/problems.ts';
import { worksIn } from '../../domain/access/reach.ts';
import { conflictOfDuty } from '../../domain/access/separation-of-duty.ts';
import { dateInChina, daysBetween, laterOf } from '../../domain/dates.ts';
import { policyVersionLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import { simulationValidDays } from '../../domain/policy-versions/settings.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { type Requested, type RunRequest, requestRun, runBefore } from './request-run.ts';
import { activationPath, activationViewOf, simulationPathOf } from './run-view.ts';

export interface ActivationRequest extends RunRequest {
  body: ActivationBody;
}

/**
 * Asks for the activation of a version, bound by hash to the simulation that was looked at. Whatever has moved since is said here;
 * what may still move while the roster is read again is said by the run.
 */
export const activatePolicy = async (
  dependencies: PolicyDependencies,
  request: ActivationRequest,
  language: Language,
): Promise<Outcome<ActivationView>> => {
  const version = await dependencies.store.policyVersion(request.policyVersion);
  if (version === undefined) return refuse('not-found');
  const answer = async (requested: Requested): Promise<Outcome<ActivationView>> =>
    succeed(await activationViewOf(dependencies, requested.run, language), {
      location: activationPath(requested.run),
      ...(requested.replayed ? { replayed: true } : {}),
    });
  const before = await runBefore(dependencies, 'activate', version, request);
  if (before !== undefined) return before.ok ? answer(before) : before;
  const refusal = await refusalOf(dependencies, version, request);
  if (refusal !== undefined) return refusal;
  const { simulation } = version;
  if (simulation === null) return refuse('policy-not-simulated');
  const { activeFrom } = request.body;
  const bound = { simulationId: simulation.runId, hash: simulation.hash, activeFrom };
  const requested = await requestRun(dependencies, 'activate', version, request, bound);
  return requested.ok ? answer(requested) : requested;
};

/** The first thing that stands against an activation: who asks, the state, the simulation, the base, the day. */
const refusalOf = async (
  dependencies: PolicyDependencies,
  version: PolicyVersion,
  { principal, body }: ActivationRequest,
): Promise<Refusal | undefined> => {
  const { policies, now } = dependencies;
  const inForce = await policies.inForce();
  // A policy is the whole region's: an administrator of a county may not put one in force.
  if (!worksIn(principal, inForce.region)) return refuse('forbidden');
  const drafted = { duty: 'draft-policy', subject: version.createdBy } as const;
  const conflict = conflictOfDuty('activate-policy', principal.subject, [drafted]);
  if (conflict !== undefined) return refuse(conflict.problem);
  const { state, simulation, policyVersion, basedOn } = version;
  const self = { policy: `/policies/${policyVersion}` };
  if (state === 'draft' || (state === 'simulated' && simulation === null)) {
    return refuse('policy-not-simulated', { links: self });
  }
  if (simulation === null || !policyVersionLifecycle.activate.from.includes(state)) {
    return refuse('lifecycle-conflict', { state, links: self });
  }
  const links = { ...self, simulation: simulationPathOf(policyVersion, simulation.runId) };
  if (await isDraftChanged(dependencies, version, simulation)) return refuse('policy-draft-changed', { links });
  if (body.simulationHash !== simulation.hash) return refuse('simulation-superseded', { links });
  if (inForce.version !== basedOn) {
    return refuse('policy-base-moved', { links: { ...links, inForce: `/policies/${inForce.version}` } });
  }
  const today = dateInChina(now());
  const earliest = laterOf(version.effectiveFrom, today);
  if (body.activeFrom < earliest) {
    return refuse('validation-failed', {
      errors: [{ field: '/activeFrom', code: fault('policy.active-from'), values: { earliest } }],
    });
  }
  const age = daysBetween(dateInChina(simulation.simulatedAt), body.activeFrom);
  return age > simulationValidDays(inForce, today) ? refuse('simulation-stale', { links }) : undefined;
};

/** Whether the document is another than the one that was simulated. Nothing in the system edits one; a hand in the table could. */
const isDraftChanged = async (
  { store, digest }: PolicyDependencies,
  { draft, draftHash }: PolicyVersion,
  { runId }: NonNullable<PolicyVersion['simulation']>,
): Promise<boolean> => {
  const simulated = await store.policyRun(runId);
  return digest(draft) !== draftHash || simulated?.draftHash !== draftHash;
};
