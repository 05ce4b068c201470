import { daysBetween } from '../dates.ts';
import { type Fact, isOfDepartment } from './fact.ts';
import { countsByLargest, growsWithinDay, occurrenceDays } from './fact-kinds.ts';
import { isLarger } from './largest-of.ts';

/**
 * So many facts of one kind about one subject are kept from one dataset, the newest: what counts, and what was known before. The newest
 * are the same in whatever order they arrived.
 */
export const keptOfDataset = 3;

/** Those of one group that are kept, given by day: where the largest counts all among which it is looked for, so that small ones push none out. */
const keptOf = (days: readonly Fact[]): readonly Fact[] => {
  const newest = days.at(-1);
  return days.filter(
    ({ kind, asOf }, index) =>
      index >= days.length - keptOfDataset ||
      (countsByLargest(kind) && newest !== undefined && daysBetween(asOf, newest.asOf) <= occurrenceDays),
  );
};

const groupOf = ({ subject, kind, dataset }: Fact): string => JSON.stringify([subject, kind, dataset]);
const orderOf = (fact: Fact): string => JSON.stringify([groupOf(fact), fact.asOf, fact.recordedAt, fact.value]);

const sorted = (facts: readonly Fact[]): readonly Fact[] =>
  facts
    .map((fact) => ({ fact, order: orderOf(fact) }))
    .toSorted((one, other) => (one.order < other.order ? -1 : Number(one.order > other.order)))
    .map(({ fact }) => fact);

/**
 * The facts of a household with what departments' data say of it. A dataset says one thing of a subject as of a day: of two, the one
 * recorded last stands, and of two recorded in one moment always the same one; where a day has several, as bills have, the larger. Departments' facts stand behind the
 * household's own record, in one order; so the same facts given in another order, twice, or in parts, lead to the same list, byte for byte. Where
 * nothing in it changes the very list that was known is answered.
 */
export const mergeFacts = (known: readonly Fact[], given: readonly Fact[]): readonly Fact[] => {
  const own = known.filter((fact) => !isOfDepartment(fact));
  const groups = new Map<string, Map<string, Fact>>();
  for (const fact of sorted([...known.filter(isOfDepartment), ...given])) {
    const group = groupOf(fact);
    const days = groups.get(group) ?? new Map<string, Fact>();
    const other = days.get(fact.asOf);
    const isHidden = other !== undefined && growsWithinDay(fact.kind) && !isLarger(fact, other);
    groups.set(group, isHidden ? days : days.set(fact.asOf, fact));
  }
  const merged = [...own, ...[...groups.values()].flatMap((days) => keptOf([...days.values()]))];
  return JSON.stringify(merged.map(orderOf)) === JSON.stringify(known.map(orderOf)) ? known : merged;
};
