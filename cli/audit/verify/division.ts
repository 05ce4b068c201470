import type { DaySummary, Unchained } from './day-chain.ts';
import type { Findings } from './findings.ts';
import { genesisOf, type Head, type Late, type Published } from './forms.ts';

/** One thing that is known of a division, as it is spilled while the export is read. */
export type DivisionLine =
  | { readonly chain: DaySummary }
  | { readonly unchained: Unchained }
  | { readonly opened: { readonly ordinal: number; readonly day: string } }
  | { readonly head: Head; readonly rolledUpOn: string }
  | { readonly lateIn: string; readonly late: Late }
  | { readonly mark: Late; readonly writtenOn: string }
  | { readonly published: Head; readonly day: string; readonly closed: boolean };

/** What holds for all divisions alike. */
export interface Surroundings {
  readonly rolledUp: ReadonlySet<string>;
  readonly publishedDays: ReadonlyMap<string, Published>;
  /** The newest instant anywhere in the export: by it the age of what is not chained yet is told. */
  readonly newest: string;
}

/** The stream has 10 seconds and the sweep comes every 15 minutes and leaves the last three; an entry this old ought to be chained. */
const tailMilliseconds = 20 * 60_000;
/** A day is closed half an hour after its end, by a sweep that comes every 15 minutes; after so long it ought to be closed. */
const closedWithinMilliseconds = 2 * 3_600_000;

const dayMilliseconds = 86_400_000;
const pick = <Name extends string>(
  lines: readonly DivisionLine[],
  name: Name,
): readonly Extract<DivisionLine, Record<Name, unknown>>[] =>
  lines.filter((line): line is Extract<DivisionLine, Record<Name, unknown>> => name in line);

/** The order of a division's chains: each begins after the one that was opened before it, and none is left out. */
const checkOpenings = (
  division: string,
  lines: readonly DivisionLine[],
  chains: ReadonlyMap<string, DaySummary>,
  { found }: Findings,
): void => {
  const opened = pick(lines, 'opened').map((line) => line.opened);
  opened.sort((one, other) => one.ordinal - other.ordinal);
  const listed = new Set(opened.map(({ day }) => day));
  for (const [index, { ordinal, day }] of opened.entries()) {
    const before = opened[index - 1];
    if (ordinal !== (before?.ordinal ?? 0) + 1) found('day-missing', division, 'chain', ordinal - 1);
    const chain = chains.get(day);
    if (chain === undefined) found('day-missing', division, day);
    else if (chain.opening !== null) checkLink(division, { chain, ordinal, before: before?.day }, chains, found);
  }
  for (const day of chains.keys()) if (!listed.has(day)) found('day-unlinked', division, day, 'opening');
};

const checkLink = (
  division: string,
  { chain, ordinal, before }: { chain: DaySummary; ordinal: number; before: string | undefined },
  chains: ReadonlyMap<string, DaySummary>,
  found: Findings['found'],
): void => {
  const { opening, day, previous } = chain;
  const after = opening?.after ?? null;
  const expected = after === null ? genesisOf(division) : chains.get(after.day)?.hashes[after.number - 1];
  if (opening?.ordinal !== ordinal || after?.day !== before || previous !== expected)
    found('day-unlinked', division, day, ...(after === null ? [] : ['after', after.day, 'block', after.number]));
};

const isHead = (chain: DaySummary | undefined, { blocks, entries, head }: Head): boolean =>
  chain?.closing?.number === blocks && chain.closing.total === entries && chain.closing.hash === head;

/** What the roll-ups say against what the chains are. */
const checkRolledUp = (
  division: string,
  lines: readonly DivisionLine[],
  chains: ReadonlyMap<string, DaySummary>,
  surroundings: Surroundings,
  { found, counts }: Findings,
): void => {
  const rolledUpHere = new Set<string>();
  for (const { head, rolledUpOn } of pick(lines, 'head')) {
    rolledUpHere.add(rolledUpOn);
    if (!isHead(chains.get(rolledUpOn), head)) found('head-differs', division, rolledUpOn);
  }
  for (const [day, { closing, isAllLate }] of chains) {
    if (closing !== null) counts.closedDays += 1;
    const isPast = Date.parse(surroundings.newest) - Date.parse(day) - dayMilliseconds > closedWithinMilliseconds;
    if (surroundings.rolledUp.has(day)) {
      if (!rolledUpHere.has(day) && !isAllLate) found('head-differs', division, day, 'is not in the roll-up');
    } else if (isPast) found('day-not-closed', division, day);
  }
};

const nameOf = ({ day, number }: { day: string; number: number }): string => `${day}#${number}`;

/** Late blocks are not under the head of their day: the roll-up of the day on which they were written has them. */
const checkLate = (
  division: string,
  lines: readonly DivisionLine[],
  chains: ReadonlyMap<string, DaySummary>,
  { rolledUp }: Surroundings,
  { found }: Findings,
): void => {
  const marks = new Map(pick(lines, 'mark').map((line) => [nameOf(line.mark), line]));
  const inRollUps = new Map(pick(lines, 'lateIn').map((line) => [nameOf(line.late), line]));
  for (const [day, { late }] of chains) {
    for (const { number, hash, at } of late) {
      const name = nameOf({ day, number });
      const mark = marks.get(name);
      const writtenOn = at.slice(0, 10);
      const isMarked = mark?.mark.hash === hash && mark.writtenOn === writtenOn;
      const isRolledUp = inRollUps.get(name)?.late.hash === hash && inRollUps.get(name)?.lateIn === writtenOn;
      if (!isMarked || (rolledUp.has(writtenOn) && !isRolledUp)) found('late-unmarked', division, day, 'block', number);
    }
  }
  for (const { day, number } of [...marks.values()]
    .map(({ mark }) => mark)
    .concat([...inRollUps.values()].map(({ late }) => late)))
    if (chains.get(day)?.late.every((block) => block.number !== number) ?? true)
      found('late-unmarked', division, day, 'block', number, 'is not there');
};

/** What was published, and kept by somebody outside, against what the chains are now. */
const checkPublished = (
  division: string,
  lines: readonly DivisionLine[],
  chains: ReadonlyMap<string, DaySummary>,
  { publishedDays }: Surroundings,
  { found }: Findings,
): void => {
  const publishedHere = new Set<string>();
  for (const { published, day, closed } of pick(lines, 'published')) {
    publishedHere.add(day);
    const chain = chains.get(day);
    const stands = closed ? isHead(chain, published) : chain?.hashes[published.blocks - 1] === published.head;
    if (!stands) found('published-differs', division, day);
  }
  for (const [day, { isAllLate }] of chains)
    if (publishedDays.get(day)?.closed === true && !publishedHere.has(day) && !isAllLate)
      found('published-differs', division, day, 'was not published');
};

const checkUnchained = (
  division: string,
  lines: readonly DivisionLine[],
  chains: ReadonlyMap<string, DaySummary>,
  { rolledUp, newest }: Surroundings,
  findings: Findings,
): void => {
  for (const { unchained } of pick(lines, 'unchained')) {
    const { day, sk } = unchained;
    const isClosed = rolledUp.has(day) || (chains.get(day)?.closing ?? null) !== null;
    const age = Date.parse(newest) - Date.parse(sk.slice(0, 24));
    if (isClosed || !(age <= tailMilliseconds)) findings.found('entry-unchained', division, day, 'entry', sk);
    else findings.counts.tail += 1;
  }
};

/** Checks how the days of a division follow each other, and all of them against the roll-ups and against what was published. */
export const checkDivision = (
  division: string,
  lines: readonly DivisionLine[],
  surroundings: Surroundings,
  findings: Findings,
): void => {
  const chains = new Map(pick(lines, 'chain').map(({ chain }) => [chain.day, chain]));
  checkOpenings(division, lines, chains, findings);
  checkRolledUp(division, lines, chains, surroundings, findings);
  checkLate(division, lines, chains, surroundings, findings);
  checkPublished(division, lines, chains, surroundings, findings);
  checkUnchained(division, lines, chains, surroundings, findings);
};
