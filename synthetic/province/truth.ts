import { z } from 'zod';
import { LocalDate } from '../../domain/dates.ts';
import { Dataset } from '../../domain/facts/fact.ts';
import { AssistanceEntryId, HouseholdId, PersonId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { expectations, spoiltReasons } from './feeds/names.ts';

const about = { householdId: HouseholdId, county: DivisionCode };

/** Why a person who is listed twice is not the same person by the number. */
export const listedHow = ['without-resident-id', 'mistyped-resident-id'] as const;

/** One thing that was planted in a made-up province: what whoever looks for it has to find. Ids only, nothing of who anybody is. */
export const Planted = z.discriminatedUnion('planted', [
  /** A member has died; the roster does not know it, and the household is paid as before. */
  z.strictObject({ planted: z.literal('death'), ...about, personId: PersonId, diedOn: LocalDate }),
  /** The same people in a second county, under other ids. */
  z.strictObject({
    planted: z.literal('double-registration'),
    ...about,
    first: z.strictObject(about),
    how: z.enum(listedHow),
    people: z.array(z.strictObject({ first: PersonId, second: PersonId })).min(1),
  }),
  z.strictObject({ planted: z.literal('lives-elsewhere'), ...about }),
  z.strictObject({ planted: z.literal('stale-facts'), ...about }),
  z.strictObject({ planted: z.literal('account'), ...about, fault: z.enum(['missing', 'ill-formed']) }),
  z.strictObject({ planted: z.literal('bad-resident-id'), ...about, personId: PersonId }),
  z.strictObject({
    planted: z.literal('twin-payment'),
    ...about,
    personId: PersonId,
    entries: z.tuple([AssistanceEntryId, AssistanceEntryId]),
  }),
  /** On the roster with nothing decided, although the rules would give it a tier. */
  z.strictObject({ planted: z.literal('undecided-household'), ...about }),
  /** A department's row about the household that makes a rule fire, or stays just below what would. */
  z.strictObject({ planted: z.literal('alert'), ...about, rule: z.string(), expect: z.enum(expectations) }),
  /** A row about somebody who is on no list: one to be gone to, or one just below that. Rows are counted from 1. */
  z.strictObject({
    planted: z.literal('missed-household'),
    county: DivisionCode,
    dataset: Dataset,
    row: z.int().min(1),
    expect: z.enum(['prospect', 'unmatched']),
  }),
  /** A row that is to be refused for this reason. */
  z.strictObject({
    planted: z.literal('bad-row'),
    county: DivisionCode,
    dataset: Dataset,
    row: z.int().min(1),
    reason: z.enum(spoiltReasons),
  }),
]);
export type Planted = z.infer<typeof Planted>;
export type PlantedKind = Planted['planted'];
