import type { LocalDate } from '../dates.ts';
import type { Fact } from '../facts/fact.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import type { FileReason, RowReason } from './reasons.ts';

/** What a row says of one kind, still without its subject: the household or the member is found by the resident ID. */
export interface FeedFact {
  readonly kind: FactKind;
  readonly value: Fact['value'];
  readonly unit: string;
  readonly asOf: LocalDate;
}

/**
 * A row that is in order. `rowNumber` counts the rows of the whole file from 1, headings and empty lines left out. `residentId` has 18 characters. A row
 * may change nothing: then it has neither facts nor a death.
 */
export interface FeedRow {
  readonly rowNumber: number;
  readonly residentId: string;
  readonly asOf: LocalDate;
  /** The code of the county or township where the person lives, of any province and perhaps of none; null where the row does not say. */
  readonly residence: string | null;
  readonly facts: readonly FeedFact[];
  /** `name`: whom the row calls dead, as it is written; null where it cannot be read. It is compared with the roster's, and goes nowhere. */
  readonly death: { readonly diedOn: LocalDate; readonly name: string | null } | null;
}

/** A row that is rejected: by what, in which column (null: the row as a whole), and its bytes as they stood in the file. */
export interface RejectedRow {
  readonly rowNumber: number;
  readonly reason: RowReason;
  readonly column: string | null;
  readonly written: Uint8Array;
}

export type RowOutcome =
  | { readonly outcome: 'valid'; readonly row: FeedRow }
  | { readonly outcome: 'rejected'; readonly rejected: RejectedRow };

/** Why a file is refused as a whole, and what was seen, without anything of its rows. */
export interface FileFault {
  readonly reason: FileReason;
  readonly detail: { readonly zh: string; readonly en: string };
  /** The required headings of the dataset that it lacks. */
  readonly missing?: readonly string[];
}
