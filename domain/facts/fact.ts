import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { HouseholdId, PersonId } from '../ids.ts';
import { Fen } from '../money.ts';
import { Disability } from '../people/disability.ts';
import { type ChoiceSort, factChoices } from './choices.ts';
import { type FactKind, factKinds } from './fact-kinds.ts';

/** Where a fact came from. `declaration` is the household's own word; `field-assessment` what two investigators saw. */
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
] as const;
export const Dataset = z.enum(datasets);
export type Dataset = z.infer<typeof Dataset>;

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
export const valueSchemas = {
  amount: Fen,
  count: z.int().min(0).max(1_000),
  flag: z.boolean(),
  date: LocalDate,
  disability: Disability,
  ...choiceSchemas,
} as const;

/**
 * One thing known about a person or a household: what, from which dataset, true as of which day, and when this system learnt
 * it. Of two facts of one kind about one subject the newest as-of wins, and of those the one recorded last.
 */
export const Fact = z
  .strictObject({
    kind: z.custom<FactKind>(
      (kind) => typeof kind === 'string' && Object.hasOwn(factKinds, kind),
      'unknown kind of fact',
    ),
    subject: z.union([PersonId, HouseholdId]),
    value: z.union([Fen, z.boolean(), LocalDate, Disability, ChoiceValue]),
    unit: z.string(),
    dataset: Dataset,
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
    const value = valueSchemas[kind.value].safeParse(fact.value);
    if (!value.success) {
      context.addIssue({ code: 'custom', path: ['value'], message: `${fact.kind} holds a ${kind.value}` });
    }
  });
export type Fact = z.infer<typeof Fact>;
