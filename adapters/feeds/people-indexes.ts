import type { PeopleFilter, PeopleIndexes } from '../../domain/feeds/people-index.ts';
import { FingerprintIndex, IndexRefused } from './fingerprint-index.ts';

const readOf = (bytes: Uint8Array): PeopleFilter | undefined => {
  try {
    const index = FingerprintIndex.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { mayHold: (high, low) => index.has(high, low) };
  } catch (error) {
    if (error instanceof IndexRefused) return undefined;
    throw error;
  }
};

/** The port `PeopleIndexes`, for as long as a process lives. */
export const peopleIndexes = (): PeopleIndexes => {
  let kept: { readonly indexId: string; readonly filter: PeopleFilter } | undefined;
  return {
    make: (parts) => FingerprintIndex.ofPrefixes(parts).serialise(),
    filter: async (indexId, read) => {
      if (kept?.indexId === indexId) return kept.filter;
      // The one before is let go first: there is never more than one in memory.
      kept = undefined;
      const bytes = await read();
      const filter = bytes === undefined ? undefined : readOf(bytes);
      if (filter !== undefined) kept = { indexId, filter };
      return filter;
    },
  };
};
