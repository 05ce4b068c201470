import { z } from 'zod';

/** The seven categories and four levels of the disability certificate (GB/T 26341), 1 being the most severe. */
export const disabilityCategories = [
  'visual',
  'hearing',
  'speech',
  'physical',
  'intellectual',
  'psychiatric',
  'multiple',
] as const;
export const Disability = z.strictObject({
  category: z.enum(disabilityCategories),
  level: z.int().min(1).max(4),
});
export type Disability = z.infer<typeof Disability>;
