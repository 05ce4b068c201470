import { factChoices } from '../../domain/facts/choices.ts';
import { datasets, type Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds, type ValueSort } from '../../domain/facts/fact-kinds.ts';
import { disabilityCategories } from '../../domain/people/disability.ts';
import type { Random } from '../../synthetic/random.ts';
import { dateOf } from './days.ts';

/** Facts being gathered about one household, as sound or as flawed as it keeps them. */
export interface Gathering {
  readonly random: Random;
  readonly day: number;
  /** The share of facts that are missing, stale, spoilt, early or told twice. */
  readonly flaws: number;
  readonly facts: Fact[];
}

/** Less than the standard anywhere: who was paid more than that was paid it by mistake, and any other tier would give less. */
const highestPaid = 40_000;

/** Any value that a kind may hold. */
export const anyValue = (kind: FactKind, random: Random, day: number): unknown => {
  const { value: sort } = factKinds[kind];
  if (sort === 'amount') return random.integer(0, kind === 'allowance.paid' ? highestPaid : 2_000_000);
  if (sort === 'count') return random.integer(0, 4);
  if (sort === 'flag') return random.chance(0.5);
  if (sort === 'date') return dateOf(day - random.integer(-20, 1_500));
  if (sort === 'disability') return { category: random.pick(disabilityCategories), level: random.integer(1, 4) };
  return random.pick<string>(factChoices[sort]);
};

/** What is no value of a sort: wrong in shape, sign, size or wording. */
const wrongValue = (sort: ValueSort, random: Random): unknown => {
  if (sort === 'amount' || sort === 'count') return random.pick([-1, 0.5, 2_000_000_000_000, '100', true]);
  if (sort === 'flag') return random.pick([0, 1, 'true']);
  if (sort === 'date') return random.pick(['2026-02-30', '2026-1-1', 20_260_101]);
  if (sort === 'disability') return random.pick([{ category: 'visual', level: 5 }, { category: 'other', level: 1 }, 2]);
  return random.pick(['something else', 1, false]);
};

/** How many days old a fact is: mostly fresh, often at the edge of what its kind may be. */
const ageOf = (random: Random, stale: boolean): number => {
  if (stale) return random.pick([366, 367, 731, 3_651, 4_000]);
  return random.chance(0.1) ? random.pick([0, 364, 365]) : random.integer(0, 180);
};

const push = (
  { day, facts }: Gathering,
  kind: FactKind,
  subject: string,
  value: unknown,
  about: Partial<Fact>,
): void => {
  const asOf = about.asOf ?? dateOf(day);
  // Branded and narrowed shapes are written as they are: a million households are not to be parsed one by one.
  facts.push({
    kind,
    subject: subject as Fact['subject'],
    value: value as Fact['value'],
    unit: about.unit ?? factKinds[kind].unit,
    dataset: about.dataset ?? 'declaration',
    asOf,
    recordedAt: about.recordedAt ?? (`${asOf}T00:00:00.000Z` as Fact['recordedAt']),
  });
};

type Fate = 'missing' | 'stale' | 'unit' | 'value' | 'future' | 'older-too' | 'newer-too';
const fates: readonly (readonly [Fate, number])[] = [
  ['missing', 4],
  ['stale', 3],
  ['unit', 2],
  ['value', 2],
  ['future', 1],
  ['older-too', 2],
  ['newer-too', 2],
];

/** Writes a fact down, with one of the flaws now and then. */
export const tell = (gathering: Gathering, kind: FactKind, subject: string, value: unknown): void => {
  const { random, day, flaws } = gathering;
  const dataset = random.chance(0.6) ? 'declaration' : random.pick(datasets);
  const fate = flaws > 0 && random.chance(flaws) ? random.weighted(fates) : null;
  const age = ageOf(random, fate === 'stale');
  const asOf = dateOf(day - age);
  const { value: sort } = factKinds[kind];
  if (fate === 'missing') return;
  if (fate === 'unit' || fate === 'value') {
    const unit = fate === 'unit' ? { unit: 'yuan' } : {};
    push(gathering, kind, subject, fate === 'unit' ? value : wrongValue(sort, random), { asOf, dataset, ...unit });
    return;
  }
  if (fate === 'future') push(gathering, kind, subject, anyValue(kind, random, day), { asOf: dateOf(day + 1) });
  if (fate === 'older-too')
    push(gathering, kind, subject, anyValue(kind, random, day), { asOf: dateOf(day - age - 1) });
  push(gathering, kind, subject, value, { asOf, dataset });
  if (fate === 'newer-too') {
    const recordedAt = `${asOf}T00:00:00.001Z` as Fact['recordedAt'];
    push(gathering, kind, subject, anyValue(kind, random, day), { asOf, recordedAt, dataset: random.pick(datasets) });
  }
};

/** Whether anything was told of a kind about a subject. */
export const isTold = ({ facts }: Gathering, kind: FactKind, subject: string): boolean => {
  for (const fact of facts) if (fact.kind === kind && fact.subject === subject) return true;
  return false;
};
