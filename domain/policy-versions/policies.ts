import { dateInChina, type Now } from '../dates.ts';
import type { DivisionCode } from '../people/divisions.ts';
import { applyDraft, PolicyDraft } from '../policy/policy-draft.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { RosterStore } from '../store/roster-store.ts';
import type { PolicyInForce } from './policy-version.ts';

/** The policy as use cases ask for it: what holds today, and what held when something was decided. */
export interface Policies {
  /** The newest activated version whose first day has come. */
  inForce(): Promise<PolicyPack>;
  /** A version by its name, also one that no longer holds; undefined when there never was one. */
  version(policyVersion: string): Promise<PolicyPack | undefined>;
}

export interface PolicySources {
  store: Pick<RosterStore, 'policyVersion' | 'policyInForce'>;
  /** The version the platform comes with: the first one, on which all others rest. */
  builtIn: PolicyPack;
  isKnownDivision: (code: DivisionCode) => boolean;
  now: Now;
}

/** How long an answer to "which version is in force" is used again. An activation is seen everywhere after this. */
export const inForceForMilliseconds = 5_000;

/**
 * The versions of the policy: the built-in one, and the activated drafts on top of it. A version never changes, so each is put
 * together once; which one is in force is asked anew every few seconds.
 */
export const createPolicies = ({ store, builtIn, isKnownDivision, now }: PolicySources): Policies => {
  const packs = new Map<string, PolicyPack>([[builtIn.version, builtIn]]);
  let known: { at: number; inForce: PolicyInForce | undefined } | undefined;

  const version = async (name: string): Promise<PolicyPack | undefined> => {
    const pack = packs.get(name);
    if (pack !== undefined) return pack;
    const stored = await store.policyVersion(name);
    if (stored === undefined) return undefined;
    const base = await version(stored.basedOn);
    if (base === undefined) throw new Error(`policy ${name} rests on ${stored.basedOn}, which is not there`);
    const applied = applyDraft(base, PolicyDraft.parse(JSON.parse(stored.draft)), isKnownDivision);
    if (!applied.ok) throw new Error(`policy ${name} was accepted once and is refused now`);
    packs.set(name, applied.pack);
    return applied.pack;
  };

  const history = async (): Promise<PolicyInForce['history']> => {
    const at = Date.parse(now());
    // A clock that was set back, as a local one can be, makes an answer as old as one that has aged.
    if (known === undefined || Math.abs(at - known.at) >= inForceForMilliseconds) {
      known = { at, inForce: await store.policyInForce() };
    }
    return known.inForce?.history ?? [];
  };

  return {
    version,
    inForce: async () => {
      const today = dateInChina(now());
      const newest = (await history()).findLast(({ activeFrom }) => activeFrom <= today);
      const pack = newest === undefined ? builtIn : await version(newest.policyVersion);
      if (pack === undefined) throw new Error(`policy ${newest?.policyVersion} is in force and is not there`);
      return pack;
    },
  };
};

/** The version that a determination or an opinion rests on. Throws when it is not there: another one would give other reasons. */
export const versionOf = async (policies: Policies, policyVersion: string, what: string): Promise<PolicyPack> => {
  const pack = await policies.version(policyVersion);
  if (pack === undefined) throw new Error(`${what} rests on policy ${policyVersion}, which is not loaded`);
  return pack;
};
