import type { FeedId } from '../ids.ts';
import type { FeedRunId } from './feed-run.ts';

/** Keys of objects begin with the kind that functions are granted (contracts/environment.ts; a test holds the two together). */
export const uploadKey = (feedId: FeedId): string => `uploads/${feedId}/file`;
/** What a compressed file was before it was compressed. */
export const unpackedKey = (feedId: FeedId): string => `uploads/${feedId}/unpacked`;

/** Where one piece of it begins and ends, as the look at the whole file found. */
export const pieceKey = (feedId: FeedId, piece: number): string => `uploads/${feedId}/pieces/${piece}`;

/** An index of the roster's people, and what was read of it so far while it is made. */
export const indexKey = (indexId: string): string => `people/${indexId}/index`;
export const indexPartKey = (indexId: string, part: string): string => `people/${indexId}/parts/${part}`;

const rejectFolder = ({ feedId, run }: FeedRunId): string => `rejects/${feedId}/${run}`;
/** The rejected rows of one step in a piece. */
export const rejectPartKey = (run: FeedRunId, piece: number, part: number): string =>
  `${rejectFolder(run)}/piece-${piece}/part-${part}`;
/** All of them, joined. */
export const rejectsKey = (run: FeedRunId): string => `${rejectFolder(run)}/rejects`;
