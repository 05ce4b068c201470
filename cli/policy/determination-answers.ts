import { z } from 'zod';
import { DeterminationView } from '../../contracts/api/reviews.ts';

/** An item of the catalogue as a determination lists it: whether it opens, with what, by whom, and why or why not. */
const Item = z.looseObject({
  code: z.string(),
  name: z.string(),
  leadDepartment: z.looseObject({ name: z.string() }),
  personId: z.string().nullable(),
  result: z.enum(['opens', 'not-open', 'unknown', 'excluded']),
  amount: z.int().nullable(),
  amountIs: z.string(),
  period: z.string(),
  deadline: z.looseObject({ amount: z.int(), unit: z.string() }),
  reason: z.string(),
});
export type Item = z.infer<typeof Item>;

/** A determination, with the items of a catalogue where the instance has one. */
export const ExplainedDetermination = z.looseObject({ ...DeterminationView.shape, items: z.array(Item).optional() });
export type ExplainedDetermination = z.infer<typeof ExplainedDetermination>;
