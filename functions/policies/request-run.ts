import { type Outcome, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { PolicyRun } from '../../domain/policy-versions/policy-run.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import { runIdOf } from '../../domain/policy-versions/run-ids.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';

/** Who asks for a run, and the marks by which a repetition is told from another request. */
export interface RunRequest {
  principal: Principal;
  policyVersion: string;
  idempotencyKey: string;
  fingerprint: string;
}

type Mode = PolicyRun['mode'];
/** A run that was asked for, now or before. */
export type Requested = { ok: true; run: PolicyRun; replayed: boolean };

const idOf = ({ digest }: PolicyDependencies, mode: Mode, version: PolicyVersion, request: RunRequest) =>
  runIdOf(digest, mode, {
    policyVersion: version.policyVersion,
    draftHash: version.draftHash,
    caller: request.principal.subject,
    key: request.idempotencyKey,
  });

/** The run an earlier request with this key asked for; undefined when there was none. */
export const runBefore = async (
  dependencies: PolicyDependencies,
  mode: Mode,
  version: PolicyVersion,
  request: RunRequest,
): Promise<Requested | Exclude<Outcome<never>, { ok: true }> | undefined> => {
  const run = await dependencies.store.policyRun(idOf(dependencies, mode, version, request));
  if (run === undefined) return undefined;
  return run.requestHash === request.fingerprint ? { ok: true, run, replayed: true } : refuse('idempotency-key-reused');
};

/** Stores the request for a run. Its event is relayed to the state machine, so that a request that was accepted is carried out. */
export const requestRun = async (
  dependencies: PolicyDependencies,
  mode: Mode,
  version: PolicyVersion,
  request: RunRequest,
  bound: PolicyRun['bound'],
): Promise<Requested | Exclude<Outcome<never>, { ok: true }>> => {
  const { store, policies, now, newId } = dependencies;
  const { principal, fingerprint } = request;
  const at = now();
  const run: PolicyRun = {
    runId: idOf(dependencies, mode, version, request),
    version: 1,
    mode,
    state: 'requested',
    policyVersion: version.policyVersion,
    basedOn: version.basedOn,
    draftHash: version.draftHash,
    requestedBy: principal.subject,
    requestedAt: at,
    requestHash: fingerprint,
    bound,
    asOf: null,
    segments: null,
    endedAt: null,
    result: null,
    drift: null,
    refusal: null,
    redecided: null,
  };
  const result = await store.commit({
    aggregates: [{ kind: 'policy-run', value: run, from: [] }],
    event: newEvent('PolicyRunRequested', at, newId, run),
    actor: { role: principal.role, subject: principal.subject },
    division: (await policies.inForce()).region,
  });
  if (result.ok) return { ok: true, run, replayed: false };
  return (
    (await runBefore(dependencies, mode, version, request)) ?? refuse('store-unavailable', { retryAfterSeconds: 1 })
  );
};
