import { z } from 'zod';
import { Instant } from '../dates.ts';
import { EmergencyAidId } from '../ids.ts';
import { type Fen, Fen as FenSchema, fen, maximumFen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** Money that a township or county keeps ready for emergencies (DTA). What is not there cannot be granted. */
export const EmergencyReserve = z.strictObject({
  division: DivisionCode,
  /** One more with each entry. */
  version: z.int().min(1),
  balance: FenSchema,
});
export type EmergencyReserve = z.infer<typeof EmergencyReserve>;

const reserveEntryKinds = ['allocation', 'grant', 'return'] as const;

/** One movement of a reserve: written once, never edited. The balance is the sum of them. */
export const ReserveEntry = z.strictObject({
  version: z.literal(1),
  division: DivisionCode,
  /** The version of the reserve that it made. */
  number: z.int().min(1),
  entry: z.enum(reserveEntryKinds),
  amount: FenSchema,
  emergencyAidId: EmergencyAidId.nullable(),
  at: Instant,
  by: z.string(),
});
export type ReserveEntry = z.infer<typeof ReserveEntry>;

/** What moves, and for which aid. */
type Movement = Pick<ReserveEntry, 'entry' | 'amount' | 'emergencyAidId' | 'at' | 'by'>;

/**
 * The reserve after a movement, with its entry; undefined when there is not enough money for a grant, or more than can be counted.
 * Both are written in the command that makes the movement, conditional on the reserve's version: of two grants at the same moment
 * only one finds the balance that it read.
 */
export const afterMovement = (
  division: DivisionCode,
  reserve: EmergencyReserve | undefined,
  movement: Movement,
): { reserve: EmergencyReserve; entry: ReserveEntry } | undefined => {
  const before: number = reserve?.balance ?? 0;
  const after = movement.entry === 'grant' ? before - movement.amount : before + movement.amount;
  if (after < 0 || after > maximumFen) return undefined;
  const version = (reserve?.version ?? 0) + 1;
  return {
    reserve: { division, version, balance: fen(after) },
    entry: { ...movement, version: 1, division, number: version },
  };
};

/** What a reserve that nobody has put money into holds. */
export const balanceOf = (reserve: EmergencyReserve | undefined): Fen => reserve?.balance ?? fen(0);
