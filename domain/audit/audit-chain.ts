import type { Instant } from '../dates.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { Page } from '../store/roster-store.ts';
import { plusUtcDays, type UtcDay } from '../utc-day.ts';
import type { Block, ChainId } from './block.ts';
import type { LateBlock, RollUp } from './roll-up.ts';
import type { StoredItem } from './stored-item.ts';

/** A stretch of a division's entries, which lie in the order of their instants: from the beginning of a day up to a moment. */
export interface EntrySpan {
  readonly division: DivisionCode;
  readonly from: UtcDay;
  /** The first moment that is left out: an instant, or the beginning of a day. */
  readonly before: Instant | UtcDay;
}

/** All entries of a chain: those of its day. */
export const entriesOfDay = ({ division, day }: ChainId): EntrySpan => ({
  division,
  from: day,
  before: plusUtcDays(day, 1),
});

/** The Audit table as a chain: entries and blocks can be read, blocks can be added, and nothing can be changed. */
export interface AuditChain {
  /**
   * Entries of a span in the order of their instants, so many of those after a sort key. `next` is the last sort key when there are
   * more. No page leaves the span, whatever it is asked to begin after.
   */
  entries(span: EntrySpan, page: { limit: number; after: string | null }): Promise<Page<StoredItem>>;
  /** All blocks after a number, in order, as they are now. */
  blocks(chain: ChainId, after: number): Promise<readonly Block[]>;
  /** The last block; undefined when there is no chain. */
  head(chain: ChainId): Promise<Block | undefined>;
  /** The chain of a division that was opened last. */
  lastOpened(division: DivisionCode): Promise<{ ordinal: number; day: UtcDay } | undefined>;
  /** Adds a block, with its opening or its late mark where it has one. False when somebody else was there first. */
  append(block: Block): Promise<boolean>;
  /** The late blocks that were written on a day. */
  lateBlocks(writtenOn: UtcDay): Promise<readonly LateBlock[]>;
  rollUp(day: UtcDay): Promise<RollUp | undefined>;
  lastRollUp(): Promise<RollUp | undefined>;
  /** Stores a roll-up once. False when the day has one. */
  appendRollUp(rollUp: RollUp): Promise<boolean>;
}
