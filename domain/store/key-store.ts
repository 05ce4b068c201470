import type { Instant } from '../dates.ts';

/** A data key as it is stored: what KMS wrapped, which nobody else can make anything of. */
export interface StoredGeneration {
  readonly number: number;
  readonly wrapped: Uint8Array;
  readonly createdAt: Instant;
}

/** The keys of the roster as an administrator sees to them. Positions continue a reading of the whole roster; null begins it. */
export interface KeyStore {
  /** Every generation there is, the oldest first. */
  generations(): Promise<readonly StoredGeneration[]>;
  /** Has KMS make the data key of a generation; it counts once a command has stored it. */
  make(generation: number): Promise<StoredGeneration>;
  /** How many households of the next stretch have keys under each generation. */
  use(position: string | null): Promise<{ households: ReadonlyMap<number, number>; next: string | null }>;
  /** Wraps keys of the next stretch anew under the newest generation. Repeated, it finds nothing left to do. */
  rewrap(
    position: string | null,
  ): Promise<{ generation: number; rewrapped: number; lost: number; next: string | null }>;
}
