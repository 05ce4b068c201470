import type { Household } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { Dataset, Fact } from './fact.ts';
import type { FactKind } from './fact-kinds.ts';

/** A fact on file that differs from what the household declared of the same kind and subject. */
export interface Discrepancy {
  kind: FactKind;
  personId: PersonId | null;
  dataset: Dataset;
}

const isNewer = (left: Fact, right: Fact): boolean =>
  left.asOf === right.asOf ? left.recordedAt > right.recordedAt : left.asOf > right.asOf;

const newestByDataset = (facts: readonly Fact[]): Map<string, Fact> => {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const key = [fact.kind, fact.subject, fact.dataset].join('|');
    const known = newest.get(key);
    if (known === undefined || isNewer(fact, known)) newest.set(key, fact);
  }
  return newest;
};

/**
 * Where the household's own word and another source disagree (D57 article 17). It decides nothing: it tells the investigators
 * what to look at.
 */
export const discrepanciesOf = (household: Household): readonly Discrepancy[] => {
  const newest = newestByDataset(household.facts);
  return [...newest.values()].flatMap((fact) => {
    const declared = newest.get([fact.kind, fact.subject, 'declaration'].join('|'));
    if (declared === undefined || JSON.stringify(declared.value) === JSON.stringify(fact.value)) return [];
    const member = household.members.find(({ personId }) => personId === fact.subject);
    return [{ kind: fact.kind, personId: member?.personId ?? null, dataset: fact.dataset }];
  });
};
