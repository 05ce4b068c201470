import { z } from 'zod';
import { Instant, isLocalDate, LocalDate } from '../dates.ts';
import { HouseholdId, PersonId } from '../ids.ts';
import { Fen, maximumFen } from '../money.ts';
import { Disability } from '../people/disability.ts';
import { type ChoiceSort, factChoices } from './choices.ts';
import { type FactKind, factKindNames, factKinds, highestCount, highestCountOf, type ValueSort } from './fact-kinds.ts';

/**
 * Where a fact came from. `declaration` is the household's own word; `field-assessment` what two investigators saw. Decisions keep it by its
 * place in this list, which grows at its end and nowhere else.
 */
export const datasets = [
  'declaration',
  'field-assessment',
  'household-registration',
  'tax',
  'social-insurance',
  'real-estate',
  'business-registration',
  'housing-fund',
  'vehicles',
  'bank',
  'disability-certificates',
  'hospital-bills',
  'roster',
  'deaths',
  'registered-unemployment',
  'hard-up-pupils',
  'poverty-return-list',
  'marriages',
] as const;
export const Dataset = z.enum(datasets);
export type Dataset = z.infer<typeof Dataset>;

/** What is on record of the household itself: its own word, what was seen at its home, and what was decided of it. */
const ownRecords: readonly Dataset[] = ['declaration', 'field-assessment', 'roster'];
/** Whether a fact comes from the data of a department, which says one thing of a subject as of a day. */
export const isOfDepartment = ({ dataset }: { readonly dataset: Dataset }): boolean => !ownRecords.includes(dataset);

const choiceSchemas = {
  'study-stage': z.enum(factChoices['study-stage']),
  'child-care': z.enum(factChoices['child-care']),
  'housing-condition': z.enum(factChoices['housing-condition']),
  'support-form': z.enum(factChoices['support-form']),
  'event': z.enum(factChoices.event),
  'poverty-return': z.enum(factChoices['poverty-return']),
} as const satisfies Record<ChoiceSort, z.ZodType>;

/** One of the words of any choice; which of them fit is the kind's to say. */
export const ChoiceValue = z.enum([...new Set(Object.values(factChoices).flat())]);

/** The shape of a value, by the sort of value that a kind of fact holds. */
const valueSchemas = {
  amount: Fen,
  count: z.int().min(0).max(highestCount),
  flag: z.boolean(),
  date: LocalDate,
  disability: Disability,
  ...choiceSchemas,
} as const satisfies Record<ValueSort, z.ZodType>;

const isWhole = (value: unknown, maximum: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= maximum;

/**
 * Whether a value has the shape of its sort, and a count is no higher than `atMost`. Numbers and flags, nearly all there is, are looked at without a schema: this is asked
 * of every fact of every household in a whole-roster run.
 */
export const fitsSort = (sort: ValueSort, value: unknown, atMost: number): boolean => {
  if (sort === 'amount') return isWhole(value, maximumFen);
  if (sort === 'count') return isWhole(value, atMost);
  if (sort === 'date') return isLocalDate(value);
  if (sort === 'flag') return typeof value === 'boolean';
  return valueSchemas[sort].safeParse(value).success;
};

/**
 * Takes the list's own copy of a word. Parsed text has a copy of its own for every fact, of which a province has millions; and a word
 * that is the list's own is told from the others by a look, not letter by letter.
 */
const ownOf = <Word extends string>(words: readonly Word[]): ((word: Word) => Word) => {
  const own = new Map(words.map((word) => [word, word]));
  return (word) => own.get(word) ?? word;
};
const units: readonly string[] = factKindNames.map((kind) => factKinds[kind].unit);

/**
 * One thing known about a person or a household: what, from which dataset, true as of which day, and when this system learnt
 * it. Of two facts of one kind about one subject the newest as-of wins, and of those the one recorded last; of two bills of a stay in hospital
 * the larger may (fact-kinds.ts).
 */
export const Fact = z
  .strictObject({
    kind: z
      .custom<FactKind>((kind) => typeof kind === 'string' && Object.hasOwn(factKinds, kind), 'unknown kind of fact')
      .overwrite(ownOf(factKindNames)),
    subject: z.union([PersonId, HouseholdId]),
    value: z.union([Fen, z.boolean(), LocalDate, Disability, ChoiceValue]),
    unit: z.string().overwrite(ownOf(units)),
    dataset: Dataset.overwrite(ownOf(datasets)),
    asOf: LocalDate,
    recordedAt: Instant,
  })
  .superRefine((fact, context) => {
    const kind = factKinds[fact.kind];
    if (fact.unit !== kind.unit) {
      context.addIssue({ code: 'custom', path: ['unit'], message: `${fact.kind} is kept in ${kind.unit}` });
    }
    if (fact.subject.startsWith('per_') !== (kind.about === 'person')) {
      context.addIssue({ code: 'custom', path: ['subject'], message: `${fact.kind} is about a ${kind.about}` });
    }
    const atMost = highestCountOf(fact.kind);
    if (!fitsSort(kind.value, fact.value, atMost)) {
      const limit = kind.value === 'count' ? ` of 0 to ${atMost}` : '';
      context.addIssue({ code: 'custom', path: ['value'], message: `${fact.kind} holds a ${kind.value}${limit}` });
    }
  });
export type Fact = z.infer<typeof Fact>;
