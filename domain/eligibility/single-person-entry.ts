import { absent, type Condition, clergyFor, factsOf, listedDisability, majorIllness } from './conditions.ts';
import type { OwnHardship } from './extreme-hardship.ts';
import { byGrounds, type Finding, type TestKind } from './finding.ts';
import { policyInput } from './lines.ts';
import { type Counted, causeOf, type Situation } from './situation.ts';
import type { Verdict } from './three-valued.ts';

export const singlePersonEntryKind: TestKind = {
  code: 'single-person-entry.condition',
  tier: 'SINGLE_PERSON_ENTRY',
  unit: 'grounds',
  turns: null,
  becomes: { name: 'disability', becomes: 'listed for single-person entry' },
  describe: ({ plan: { settings } }, { facts }) => {
    const law = [settings['single-entry.disabilities'].citation, settings['single-entry.major_illness'].citation];
    const isOfClergy = facts.some(({ fact }) => fact.kind === 'clergy.since');
    if (isOfClergy) law.push(settings['single-entry.clergy'].citation);
    return {
      comparison: 'any-of',
      citation: law.join('; '),
      threshold: null,
      also: isOfClergy ? [policyInput('single-entry.clergy_years', settings['single-entry.clergy_years'])] : [],
    };
  },
};

/**
 * Clergy whom the family no longer counts apply as a household of their own, and are tested as any other. Whether they also enter
 * alone with more income than the allowance's line is not for a machine to say where the pack leaves it open.
 */
const clergyOf = ({ plan: { settings, date } }: Situation, counted: Counted): Condition => {
  const rule = settings['single-entry.clergy'].value;
  if (rule === 'does-not-enter') return absent;
  const clergy = clergyFor(counted, settings['single-entry.clergy_years'].value, date);
  if (!clergy.holds || rule === 'enters-alone') return clergy;
  return { ...clergy, holds: false, cause: causeOf('not-set', 'single-entry.clergy', counted.member.personId) };
};

const none: readonly never[] = [];

const entryTest = (situation: Situation, counted: Counted): Finding => {
  const { settings } = situation.plan;
  const disability = listedDisability(counted, settings['single-entry.disabilities'].value);
  const illness = majorIllness(counted);
  const illnessCounts = settings['single-entry.major_illness'].value;
  const clergy = clergyOf(situation, counted);
  if (disability === absent && illness === absent && clergy === absent) {
    return byGrounds(singlePersonEntryKind, counted, none, none);
  }
  const grounds: string[] = [];
  if (disability.holds && disability.shown !== null) grounds.push(disability.shown);
  if (illness.holds && illnessCounts && illness.shown !== null) grounds.push(illness.shown);
  if (clergy.holds && clergy.shown !== null) grounds.push(clergy.shown);
  const causes: string[] = [];
  if (disability.cause !== null) causes.push(disability.cause);
  if (illness.cause !== null && illnessCounts) causes.push(illness.cause);
  if (clergy.cause !== null) causes.push(clergy.cause);
  const facts = factsOf(disability, illness, clergy);
  return byGrounds(singlePersonEntryKind, counted, grounds, causes, { facts });
};

/** Whether a member of a marginal household could enter the allowance alone (D57 article 8). */
export interface OwnEntry {
  readonly counted: Counted;
  readonly verdict: Verdict;
}

/** Tests every counted member, and adds what was found; one in extreme hardship has a tier of his or her own and is not asked. */
export const singlePersonEntry = (
  situation: Situation,
  hardship: readonly OwnHardship[],
  findings: Finding[],
): readonly OwnEntry[] => {
  const members: OwnEntry[] = [];
  for (const { counted, verdict } of hardship) {
    const tested = entryTest(situation, counted);
    const isExcluded = verdict === 'pass';
    findings.push(isExcluded ? { ...tested, result: 'not-applicable', causes: [] } : tested);
    members.push({ counted, verdict: isExcluded || tested.result === 'not-applicable' ? 'fail' : tested.result });
  }
  return members;
};
