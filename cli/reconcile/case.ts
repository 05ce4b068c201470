import type { Row } from './ledger.ts';

/** The moments that decide whether something is late. */
export interface Moments {
  /** What the export is of. */
  readonly now: string;
  /** Whatever happened after this may still be at the workflow or the relay. */
  readonly justNow: string;
  /** A deadline that passed before this has been seen by a sweep. */
  readonly swept: string;
}

export interface Case {
  readonly id: string;
  readonly application: Row | undefined;
  readonly review: Row | undefined;
  readonly tasks: readonly Row[];
  readonly notices: readonly Row[];
  readonly determinations: readonly Row[];
  readonly isMoving: boolean;
}
