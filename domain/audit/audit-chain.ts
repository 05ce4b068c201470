import type { DivisionCode } from '../people/divisions.ts';
import type { Page } from '../store/roster-store.ts';
import type { Block, ChainId } from './block.ts';
import type { LateBlock, RollUp } from './roll-up.ts';
import type { StoredItem } from './stored-item.ts';
import type { UtcDay } from './utc-day.ts';

/** Which entries of a chain's division and day to read: those after a sort key, and before one where that is given. */
export interface EntryRange {
  readonly after: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** The Audit table as a chain: entries and blocks can be read, blocks can be added, and nothing can be changed. */
export interface AuditChain {
  /** Entries of a division and day in the order of their instants. `next` is the last sort key when there are more. */
  entries(chain: ChainId, range: EntryRange): Promise<Page<StoredItem>>;
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
