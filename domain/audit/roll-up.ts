import { z } from 'zod';
import { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { DivisionCode } from '../people/divisions.ts';
import { UtcDay } from '../utc-day.ts';
import { Hash } from './block.ts';

/** The head of a chain: how many blocks and entries it has, and the hash of the last block. */
export const Head = z.strictObject({
  division: DivisionCode,
  blocks: z.int().min(1),
  entries: z.int().min(0),
  head: Hash,
});
export type Head = z.infer<typeof Head>;

/** A block that was added to a day after that day had been closed. */
export const LateBlock = z.strictObject({ division: DivisionCode, day: UtcDay, number: z.int().min(1), hash: Hash });
export type LateBlock = z.infer<typeof LateBlock>;

/**
 * One hash for a whole day of the province: the heads of all its chains as they were closed, in the order of the divisions, and
 * the late blocks that were written on that day for earlier ones. It follows that of the day before, and fits into a newspaper.
 */
export const RollUp = z.strictObject({
  day: UtcDay,
  at: Instant,
  previous: Hash,
  heads: z.array(Head),
  late: z.array(LateBlock),
  hash: Hash,
});
export type RollUp = z.infer<typeof RollUp>;

/** What the first roll-up follows. */
export const rollUpGenesis = (digest: Digest): string => digest('hearth-audit-roll-up-genesis/1');

/** A roll-up with its hash. */
export const sealRollUp = (digest: Digest, rollUp: Omit<RollUp, 'hash'>): RollUp => {
  const { day, at, previous, heads, late } = rollUp;
  const hash = digest(
    JSON.stringify([
      'hearth-audit-roll-up/1',
      day,
      at,
      previous,
      heads.map(({ division, blocks, entries, head }) => [division, blocks, entries, head]),
      late.map((block) => [block.division, block.day, block.number, block.hash]),
    ]),
  );
  return { ...rollUp, hash };
};
