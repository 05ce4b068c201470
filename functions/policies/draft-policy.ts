import { PolicyVersionView } from '../../contracts/api/policies.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { LocalDate } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { PackFault } from '../../domain/policy/pack-fault.ts';
import { applyDraft, type PolicyDraft } from '../../domain/policy/policy-draft.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import { datesOf } from '../../domain/policy-versions/result.ts';
import { answeredBefore } from '../answered-before.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { viewOf } from './policy-view.ts';

export interface Drafting {
  principal: Principal;
  body: PolicyDraft;
  idempotencyKey: string;
  fingerprint: string;
}

/** More than this helps nobody. */
const mostFaults = 50;

const locationOf = (policyVersion: string): string => `/policies/${policyVersion}`;

/**
 * Takes in a draft: checked as a whole against the version in force, every fault with its place. Once stored it is never edited;
 * the same request gets the same answer.
 */
export const draftPolicy = async (
  dependencies: PolicyDependencies,
  drafting: Drafting,
): Promise<Outcome<PolicyVersionView>> => {
  const { store, policies, now, newId } = dependencies;
  const { principal, body, idempotencyKey, fingerprint } = drafting;
  const otherwise = async (refusal: ReturnType<typeof refuse>): Promise<Outcome<PolicyVersionView>> =>
    (await answerBefore(dependencies, drafting)) ?? refusal;
  const base = await policies.inForce();
  if ((await policies.version(body.version)) !== undefined) {
    return otherwise(refuse('policy-version-exists', { links: { policy: locationOf(body.version) } }));
  }
  if (body.basedOn !== base.version) return otherwise(await wrongBase(dependencies, body.basedOn, base.version));
  const applied = applyDraft(base, body, dependencies.isKnownDivision);
  if (!applied.ok) return otherwise(refuse('validation-failed', { errors: refusalsOf(applied.faults) }));
  const version = versionOf(dependencies, body, applied.pack, principal.subject);
  const view = viewOf(version, base.version);
  const result = await store.commit({
    aggregates: [{ kind: 'policy-version', value: version, from: [] }],
    idempotency: { caller: principal.subject, key: idempotencyKey, requestHash: fingerprint, response: view },
    event: newEvent('PolicyDrafted', now(), newId, { policyVersion: version.policyVersion }),
    actor: { role: principal.role, subject: principal.subject },
    division: base.region,
  });
  if (result.ok) return succeed(view, { version: 1, location: locationOf(body.version) });
  return otherwise(refuse('policy-version-exists', { links: { policy: locationOf(body.version) } }));
};

const answerBefore = (
  dependencies: PolicyDependencies,
  { principal, idempotencyKey, fingerprint }: Drafting,
): Promise<Outcome<PolicyVersionView> | undefined> =>
  answeredBefore(
    dependencies,
    { caller: principal.subject, idempotencyKey, fingerprint },
    PolicyVersionView,
    (body) => ({ version: 1, location: locationOf(body.version) }),
  );

/** A name nobody knows is a slip; a version that was in force before is a draft that came too late. */
const wrongBase = async ({ policies }: PolicyDependencies, basedOn: string, inForce: string) =>
  (await policies.version(basedOn)) === undefined
    ? refuse('validation-failed', {
        errors: [{ field: '/basedOn', code: fault('policy.base-unknown'), values: { inForce } }],
      })
    : refuse('policy-base-moved', { links: { inForce: locationOf(inForce) } });

const refusalsOf = (faults: readonly PackFault[]): FieldRefusal[] =>
  faults.slice(0, mostFaults).map(({ path, message }) => ({
    field: path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    code: fault('policy.draft'),
    values: { message },
  }));

const versionOf = (
  { digest, now }: PolicyDependencies,
  body: PolicyDraft,
  pack: PolicyPack,
  createdBy: string,
): PolicyVersion => {
  const draft = JSON.stringify(body);
  return {
    policyVersion: body.version,
    version: 1,
    state: 'draft',
    basedOn: body.basedOn,
    draft,
    draftHash: digest(draft),
    packHash: digest(JSON.stringify(pack)),
    // A draft without a dated value holds from the beginning of the pack: it may only add what has no date of its own.
    effectiveFrom: LocalDate.parse(datesOf(body)[0] ?? pack.coversFrom),
    createdBy,
    createdAt: now(),
    simulation: null,
    activation: null,
  };
};
