import type { PolicyVersionSummary, PolicyVersionView } from '../../contracts/api/policies.ts';
import type { Digest } from '../../domain/dependencies.ts';
import { PolicyDraft } from '../../domain/policy/policy-draft.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';

/** A version as callers see it in a list. `inForce` is the name of the version in force. */
export const summaryOf = (version: PolicyVersion, inForce: string): PolicyVersionSummary => {
  const { policyVersion, state, basedOn, draft, effectiveFrom, createdBy, createdAt, draftHash, packHash } = version;
  const { simulation, activation } = version;
  return {
    version: policyVersion,
    state,
    inForce: policyVersion === inForce,
    basedOn,
    summary: PolicyDraft.parse(JSON.parse(draft)).summary,
    effectiveFrom,
    createdBy,
    createdAt,
    draftHash,
    packHash,
    simulation: simulation === null ? null : withSimulationId(simulation),
    activation: activation === null ? null : withActivationId(activation),
  };
};

const withSimulationId = ({ runId, ...rest }: NonNullable<PolicyVersion['simulation']>) => ({
  simulationId: runId,
  ...rest,
});
const withActivationId = ({ runId, ...rest }: NonNullable<PolicyVersion['activation']>) => ({
  activationId: runId,
  ...rest,
});

/** A version with its document, as it was handed in. */
export const viewOf = (version: PolicyVersion, inForce: string): PolicyVersionView => ({
  ...summaryOf(version, inForce),
  draft: { ...PolicyDraft.parse(JSON.parse(version.draft)) },
});

/** The version the platform comes with: nobody drafted it, and it was in force from the beginning. */
export const builtInSummary = (digest: Digest, builtIn: PolicyPack, inForce: string): PolicyVersionSummary => ({
  version: builtIn.version,
  state: 'activated',
  inForce: builtIn.version === inForce,
  basedOn: null,
  summary: null,
  effectiveFrom: builtIn.coversFrom,
  createdBy: null,
  createdAt: null,
  draftHash: null,
  packHash: digest(JSON.stringify(builtIn)),
  simulation: null,
  activation: null,
});
