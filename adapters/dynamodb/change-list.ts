import { z } from 'zod';
import { ChangeLine, ChangeReason } from '../../domain/policy-versions/change-line.ts';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import type { Key } from './keys.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';

/**
 * A part of a named list as it is stored: lines as rows, and each set of reasons once, since the households of a county mostly
 * share a few. A part of 1,500 lines is some 200 kB of text before it is compressed, and some 40 kB after.
 */
const Stored = z.strictObject({
  reasons: z.array(z.array(ChangeReason)),
  lines: z.array(
    z.tuple([z.string(), z.string(), z.string(), z.unknown(), z.unknown(), z.unknown(), z.unknown(), z.int()]),
  ),
});

/** A list and its counts are about a roster, and made by one run; no version is told from another. */
const group = 'circumstances';

/** Seals lines: which household is on the list says something about it. */
export const sealLines = (key: Key, lines: readonly ChangeLine[], newest: Generation): Buffer => {
  const places = new Map<string, number>();
  const reasons: (readonly ChangeReason[])[] = [];
  const rows = lines.map((line) => {
    const text = JSON.stringify(line.reasons);
    const place = places.get(text) ?? reasons.push(line.reasons) - 1;
    places.set(text, place);
    const { householdId, county, kind, tierBefore, tierAfter, amountBefore, amountAfter } = line;
    return [householdId, county, kind, tierBefore, tierAfter, amountBefore, amountAfter, place];
  });
  return sealUnderGeneration(newest, contextOf(key, group), group, { reasons, lines: rows });
};

export const openLines = async (
  key: Key,
  sealed: Uint8Array,
  dataKeys: Pick<DataKeys, 'generation'>,
): Promise<readonly ChangeLine[]> => {
  const { reasons, lines } = Stored.parse(await openUnderGeneration(dataKeys, contextOf(key, group), group, sealed));
  return lines.map(([householdId, county, kind, tierBefore, tierAfter, amountBefore, amountAfter, place]) =>
    ChangeLine.parse({
      householdId,
      county,
      kind,
      tierBefore,
      tierAfter,
      amountBefore,
      amountAfter,
      reasons: reasons[place],
    }),
  );
};

/** A tally or another count of a segment, sealed likewise: counts of a small county are nearly about a person. */
export const sealCounts = (key: Key, counts: unknown, newest: Generation): Buffer =>
  sealUnderGeneration(newest, contextOf(key, group), group, counts);

export const openCounts = (key: Key, sealed: Uint8Array, dataKeys: Pick<DataKeys, 'generation'>): Promise<unknown> =>
  openUnderGeneration(dataKeys, contextOf(key, group), group, sealed);
