import { z } from 'zod';
import { Instant } from '../../domain/dates.ts';
import { HouseholdId, PersonId } from '../../domain/ids.ts';

/** A data key: its number and age, and whether it is the one that wraps what is written now. Never the key. */
const KeyGeneration = z.strictObject({ generation: z.int().min(1), createdAt: Instant, newest: z.boolean() });

/** Ages are told from `asOf`, the instance's own clock. */
export const KeyGenerationList = z.strictObject({ asOf: Instant, generations: z.array(KeyGeneration) });
export type KeyGenerationList = z.infer<typeof KeyGenerationList>;

/** A stretch of the roster, and how many households in it have keys that lie under each generation. */
export const KeyUsePage = z.strictObject({
  households: z.array(z.strictObject({ generation: z.int().min(1), households: z.int().min(0) })),
  nextCursor: z.string().nullable(),
});
export type KeyUsePage = z.infer<typeof KeyUsePage>;

/** A stretch of the roster, and what was done in it: `rewrapped` now lie under the newest generation, `lost` were being written. */
export const RewrapPage = z.strictObject({
  generation: z.int().min(1),
  rewrapped: z.int().min(0),
  lost: z.int().min(0).meta({ description: 'Households somebody else wrote at that moment; another pass finds them.' }),
  nextCursor: z.string().nullable(),
});
export type RewrapPage = z.infer<typeof RewrapPage>;

/** Why a person is erased. */
export const erasureReasons = ['person-request', 'retention-ended', 'recorded-in-error'] as const;

export const ErasureBody = z.strictObject({ householdId: HouseholdId, reason: z.enum(erasureReasons) });
export type ErasureBody = z.infer<typeof ErasureBody>;

export const ErasureView = z.strictObject({
  personId: PersonId,
  householdId: HouseholdId,
  remainingMembers: z.int().min(0),
});
export type ErasureView = z.infer<typeof ErasureView>;
