import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { standardOn } from '../policy/look-up.ts';
import type { PolicyDraft } from '../policy/policy-draft.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Drift, RunResult, RunWarning } from './policy-run.ts';
import type { Tally } from './tally.ts';

/** The days on which values of a draft begin to hold, in order. Read from the whole document, whatever kinds of change it has. */
export const datesOf = (draft: PolicyDraft): readonly string[] => {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'validFrom' && typeof inner === 'string') found.add(inner);
      else look(inner);
    }
  };
  look(draft.changes);
  return [...found].sort();
};

/** Whether a draft pays by a higher standard somewhere than its base does on the day it takes effect. */
const raisesStandard = (base: PolicyPack, pack: PolicyPack, draft: PolicyDraft, date: LocalDate): boolean =>
  (draft.changes.standards ?? []).some(({ division, settlement }) => {
    const before = standardOn(base, division, settlement, date);
    const after = standardOn(pack, division, settlement, date);
    return after !== null && after.value > (before?.value ?? 0);
  });

export interface Concluded {
  base: PolicyPack;
  pack: PolicyPack;
  draft: PolicyDraft;
  draftHash: string;
  asOf: LocalDate;
  tally: Tally;
  /** What each line of the list says (`signatureOf`), in whatever order. Sorted in place. */
  signatures: string[];
}

/**
 * What a run came to. The hash covers the draft, the date, the counts and every line, and does not depend on how the roster was
 * cut or in which order it was read.
 */
export const resultOf = (digest: Digest, concluded: Concluded): RunResult => {
  const { base, pack, draft, draftHash, asOf, tally, signatures } = concluded;
  const { households, roster, counts, changes } = tally;
  signatures.sort();
  const list = digest(signatures.join('\n'));
  const hash = digest(JSON.stringify([draftHash, base.version, asOf, households, counts, changes, list]));
  const warnings: RunWarning[] = [];
  // Provinces have raised the standard and struck people off the list in the same year (domain.md 4.2): never let it pass unseen.
  if (raisesStandard(base, pack, draft, asOf) && changes.leaves + changes.reduced > 0) {
    warnings.push('standard-raised-while-people-cut');
  }
  if (datesOf(draft).some((date) => date > asOf)) warnings.push('later-values-not-simulated');
  if (changes.undecided > 0) warnings.push('undecided');
  return { hash, asOf, households, roster, counts: [...counts], changes, warnings };
};

const tenThousand = 10_000;

/** How far a fresh list differs from the simulated one. Both are `householdId` to signature. */
export const driftBetween = (
  simulated: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
  allowed: number,
): Drift => {
  let appeared = 0;
  let changed = 0;
  for (const [householdId, signature] of fresh) {
    const was = simulated.get(householdId);
    if (was === undefined) appeared += 1;
    else if (was !== signature) changed += 1;
  }
  const gone = simulated.size - (fresh.size - appeared);
  const differing = appeared + gone + changed;
  const tenThousandths = Math.ceil((differing * tenThousand) / Math.max(1, simulated.size));
  return { simulated: simulated.size, fresh: fresh.size, appeared, gone, changed, tenThousandths, allowed };
};

/** Whether the roster has moved too far from what was looked at. */
export const hasDrifted = ({ tenThousandths, allowed }: Drift): boolean => tenThousandths > allowed;
