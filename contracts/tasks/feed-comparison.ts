import { z } from 'zod';
import { FeedRun } from '../../domain/feeds/feed.ts';
import { FeedId } from '../../domain/ids.ts';

/** What the state machine `feed-comparison` gives its task functions, and what it gets back: a feed and pieces, never a person. */
const Run = z.strictObject({ feedId: FeedId, run: FeedRun });
const Piece = Run.extend({ piece: z.int().min(0) });

export const BeginComparisonInput = Run;
/** No pieces: nothing can be read. */
export const BeginComparisonOutput = Run.extend({ pieces: z.array(Piece) });

export const IndexPeopleInput = Run;
/** Not done: the step is called again and goes on where it stopped. */
export const IndexPeopleOutput = Run.extend({ done: z.boolean() });

export const ComparePieceInput = Piece;
/** Not done: the step is called again and goes on where it stopped. */
export const ComparePieceOutput = Piece.extend({ done: z.boolean() });

export const EndComparisonInput = Run;
export const EndComparisonOutput = Run;
