import { z } from 'zod';
import { Instant } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { DivisionCode } from '../people/divisions.ts';
import { UtcDay } from '../utc-day.ts';

/** A chain of blocks: one for each division and UTC day that has audit entries. */
export interface ChainId {
  readonly division: DivisionCode;
  readonly day: UtcDay;
}

/**
 * `entries` holds entries of a day under way. `closing` ends the day: it holds none, and its total is the count of the day.
 * `late` holds entries that came after their day had been closed.
 */
export const blockKinds = ['entries', 'closing', 'late'] as const;

export const Hash = z.string().regex(/^[0-9a-f]{64}$/u, 'expected 64 hexadecimal digits');

const BlockEntry = z.strictObject({ sk: z.string(), hash: Hash });

/** A link of a chain. It is written once and never changed. */
export const Block = z.strictObject({
  division: DivisionCode,
  day: UtcDay,
  number: z.int().min(1),
  kind: z.enum(blockKinds),
  /** When it was made. */
  at: Instant,
  /** Hash of the block before; of a first block, that of the block it was opened after, or the division's genesis. */
  previous: Hash,
  /** The entries it adds, by their sort keys, in order. */
  entries: z.array(BlockEntry),
  /** Entries in this block and all before it. */
  total: z.int().min(0),
  /** In the first block only: which of the division's chains this is, and after which block of the one before it was opened. */
  opening: z
    .strictObject({
      ordinal: z.int().min(1),
      after: z.strictObject({ day: UtcDay, number: z.int().min(1) }).nullable(),
    })
    .nullable(),
  hash: Hash,
});
export type Block = z.infer<typeof Block>;

/** What the first block of a division's first chain follows. It names the division, so that no two divisions share a beginning. */
export const genesis = (digest: Digest, division: DivisionCode): string =>
  digest(`hearth-audit-genesis/1\n${division}`);

/** The hash of a block, over everything in it but the hash itself. */
export const blockHash = (digest: Digest, block: Omit<Block, 'hash'>): string => {
  const { division, day, number, kind, at, previous, entries, total, opening } = block;
  const after = opening?.after ?? null;
  return digest(
    JSON.stringify([
      'hearth-audit-block/1',
      division,
      day,
      number,
      kind,
      at,
      previous,
      entries.map(({ sk, hash }) => [sk, hash]),
      total,
      opening === null ? null : [opening.ordinal, after === null ? null : [after.day, after.number]],
    ]),
  );
};

/** A block with its hash. */
export const sealBlock = (digest: Digest, block: Omit<Block, 'hash'>): Block => ({
  ...block,
  hash: blockHash(digest, block),
});
