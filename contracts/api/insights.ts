import { z } from 'zod';
import { Month } from '../../domain/assistance/period.ts';
import { itemCodePattern } from '../../domain/catalogue/catalogue.ts';
import { Instant } from '../../domain/dates.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { fault } from '../field-faults.ts';
import { DepartmentField, OfficeField } from './fields.ts';
import { Named } from './in-the-way.ts';

export const InsightsQuery = z.strictObject({
  division: OfficeField,
  department: DepartmentField.optional().meta({ description: 'Only what is of this department.' }),
  item: z
    .string()
    .regex(itemCodePattern, fault('assistance.item-unknown'))
    .optional()
    .meta({ description: 'Only what is of this item of the catalogue.' }),
});

const count = (description: string) => z.int().min(0).meta({ description });

/** What is counted. A referral can be in several of the columns. */
const counts = {
  open: count('referrals on which somebody still has something to do'),
  accepted: count('open, taken on by the department and not answered yet'),
  onTime: count('open, to be answered by the department, within its time'),
  late: count('open, to be answered by the department, past its time'),
  returned: count('open, given back by the department: officers or the case panel have to decide'),
  escalated: count('open and escalated, whoever has to do the present step'),
  closed: count('closed in the months looked back on: somebody verified what came of them'),
  /** Claims that the assistance chain refused in those months, each once, however often it was made. */
  prevented: z.strictObject({
    claims: count('claims refused because the same aid, or one that excludes it, stood'),
    amount: z
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'what those that told an amount came to, in whole fen; null when none told one' }),
    withoutAmount: count('claims that told no amount and are not in the sum'),
  }),
};
const InsightCounts = z.strictObject(counts);

/** Counts and no people: no id of a person, a household or a referral. */
export const InsightsView = z.strictObject({
  division: DivisionCode,
  asOf: Instant,
  /** The months that `closed` and `prevented` look back on, both included; the last is the present one. */
  months: z.strictObject({ from: Month, to: Month }),
  totals: InsightCounts,
  /** Open referrals of which nobody can read what they are for. They are in the lines with `item` null, unless one item was asked for. */
  unreadable: z.int().min(0),
  /** By county, department and item, in the order of their codes. Where there is nothing to count there is no line. */
  lines: z.array(
    z.strictObject({ county: DivisionCode, department: z.string(), item: z.string().nullable(), ...counts }),
  ),
  /** What the departments and items of the lines are called. */
  departments: z.array(Named),
  items: z.array(Named),
});
export type InsightsView = z.infer<typeof InsightsView>;
