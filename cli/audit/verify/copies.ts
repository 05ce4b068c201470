import type { Findings } from './findings.ts';
import { hashWithout, type Item, Malformed, textIn } from './item-text.ts';

/** An entry about somebody having looked at a person, or its copy in the person's own record. */
export interface CopyLine {
  readonly sk: string;
  /** The partition of the original. */
  readonly filedUnder: string;
  /** The person's partition: where the copy is, and where the original says it has to be. */
  readonly person: string;
  readonly isCopy: boolean;
  /** Of all attributes that both have. */
  readonly hash: string;
}

/** Attributes by which an original and its copy differ. */
const ofTheCopyAlone = ['pk', 'filedUnder'];

/** What an item has to do with somebody's own record; undefined when it has nothing to do with it. Throws Malformed. */
export const copyLineOf = (item: Item): CopyLine | undefined => {
  const pk = textIn(item, 'pk') ?? '';
  const sk = textIn(item, 'sk') ?? '';
  const isCopy = pk.startsWith('PERSON#');
  const personId = textIn(item, 'personId');
  const isAboutLooking = personId !== undefined && textIn(item, 'purpose') !== undefined;
  if (!isCopy && !isAboutLooking) return undefined;
  const filedUnder = isCopy ? textIn(item, 'filedUnder') : pk;
  if (filedUnder === undefined || personId === undefined) throw new Malformed('a copy without its origin');
  return {
    sk,
    filedUnder,
    person: isCopy ? pk : `PERSON#${personId}`,
    isCopy,
    hash: hashWithout(item, ...ofTheCopyAlone),
  };
};

/** Holds the copies of a part against the originals in it: the same number of both, and the same content. */
export const checkCopies = (lines: readonly CopyLine[], { found, counts }: Findings): void => {
  const originals = new Map(
    lines.filter(({ isCopy }) => !isCopy).map((line) => [`${line.filedUnder} ${line.sk}`, line]),
  );
  const copied = new Set<string>();
  for (const { sk, filedUnder, person, isCopy, hash } of lines) {
    if (!isCopy) continue;
    counts.copies += 1;
    const name = `${filedUnder} ${sk}`;
    const original = originals.get(name);
    if (original === undefined) found('copy-without-original', name);
    else if (copied.has(name)) found('item-twice', 'copy of', name);
    else if (original.person !== person || original.hash !== hash) found('copy-differs', name);
    copied.add(name);
  }
  for (const name of originals.keys()) if (!copied.has(name)) found('copy-missing', name);
};
