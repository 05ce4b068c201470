import { z } from 'zod';
import { DeterminationView } from '../../contracts/api/reviews.ts';

const Why = z.union([z.string(), z.array(z.string())]);

/** An item of the catalogue, as a determination may list it: what it is, and why it is not opened. */
const Item = z.looseObject({ item: z.string(), name: z.string().optional(), why: Why.optional() });

/** A determination, with what a catalogue adds where the instance has one. */
export const ExplainedDetermination = z.looseObject({
  ...DeterminationView.shape,
  opened: z.array(Item).optional(),
  notOpened: z.array(Item).optional(),
});
export type ExplainedDetermination = z.infer<typeof ExplainedDetermination>;
