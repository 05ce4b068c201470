import { type CopyLine, checkCopies } from './copies.ts';
import { checkDay } from './day-chain.ts';
import { checkDivision, type DivisionLine, type Surroundings } from './division.ts';
import { filesOfExport, readItems } from './export-files.ts';
import { type Findings, gatherFindings } from './findings.ts';
import type { Published } from './forms.ts';
import { checkPublishedDays, checkRollUps, type RollUpLink } from './roll-ups.ts';
import { type DayLine, divisionPart, partPrefixes, sortItems } from './sort-items.ts';
import { openSpill, type Spill, spilled } from './spill.ts';

/** Intact: all of it was checked and holds. Broken: something does not. Not verifiable: nothing does not, and not all was checked. */
export type Verdict = 'intact' | 'broken' | 'not-verifiable';

const partsOf = (spill: Spill, prefix: string): readonly string[] =>
  spill.parts().filter((part) => part.startsWith(`${prefix}-`));

/** The chains of one part, day by day. Answers the newest instant in it. */
const checkDays = (spill: Spill, part: string, findings: Findings): string => {
  const lines = spill.read(part, spilled<DayLine>());
  let newest = '';
  for (const ofDay of Map.groupBy(lines, ({ division, day }) => `${division}#${day}`).values()) {
    const [{ division, day } = { division: '', day: '' }] = ofDay;
    const entries = ofDay.filter(({ isBlock }) => !isBlock).map(({ item }) => item);
    const blocks = ofDay.filter(({ isBlock }) => isBlock).map(({ item }) => item);
    const checked = checkDay(division, day, { entries, blocks }, findings);
    const add = (line: DivisionLine): void => spill.add(divisionPart(division), line);
    if (checked.summary !== undefined) add({ chain: checked.summary });
    for (const unchained of checked.unchained) add({ unchained });
    if (checked.newest > newest) newest = checked.newest;
  }
  return newest;
};

const checkAll = (
  spill: Spill,
  rollUps: readonly RollUpLink[],
  published: readonly Published[],
  findings: Findings,
): void => {
  let newest = '';
  for (const part of partsOf(spill, partPrefixes.days)) {
    const seen = checkDays(spill, part, findings);
    if (seen > newest) newest = seen;
  }
  for (const { day, closed, heads } of published)
    for (const head of heads) spill.add(divisionPart(head.division), { published: head, day, closed });
  checkRollUps(rollUps, findings);
  checkPublishedDays(published, rollUps, findings);
  const surroundings: Surroundings = {
    rolledUp: new Set(rollUps.map(({ day }) => day)),
    publishedDays: new Map(published.map((heads) => [heads.day, heads])),
    newest: newest.slice(0, 24),
  };
  for (const part of partsOf(spill, partPrefixes.divisions)) {
    const division = part.slice(partPrefixes.divisions.length + 1);
    checkDivision(division, spill.read(part, spilled<DivisionLine>()), surroundings, findings);
  }
  for (const part of partsOf(spill, partPrefixes.copies)) checkCopies(spill.read(part, spilled<CopyLine>()), findings);
};

export interface Verified extends Findings {
  readonly verdict: Verdict;
  /** The days of the province that are closed, for which heads were published. */
  readonly rolledUpDays: readonly string[];
}

/**
 * Verifies an export of the Audit table against itself and, where they are given, against published heads. Memory does not grow with
 * the export: it is sorted into parts on disk, and one part is looked at at a time. Nothing of the platform's code is used.
 */
export const verifyExport = async (folder: string, published: readonly Published[]): Promise<Verified> => {
  const findings = gatherFindings();
  const spill = openSpill();
  const rolledUpDays: string[] = [];
  try {
    const sorted = sortItems(spill, findings);
    for (const file of filesOfExport(folder, findings)) await readItems(file, findings, sorted.add);
    rolledUpDays.push(...sorted.rollUps.map(({ day }) => day));
    checkAll(spill, sorted.rollUps, published, findings);
  } finally {
    spill.remove();
  }
  if (findings.counts.tail > 0) findings.gap('tail-unchained', String(findings.counts.tail));
  const isWhole = findings.gaps.length === 0;
  if (findings.breaks().total > 0) return { ...findings, rolledUpDays, verdict: 'broken' };
  return { ...findings, rolledUpDays, verdict: isWhole ? 'intact' : 'not-verifiable' };
};
