import { factsOf, listedDisability, majorIllness } from './conditions.ts';
import type { OwnHardship } from './extreme-hardship.ts';
import { byGrounds, type Finding, type TestKind } from './finding.ts';
import type { Counted, Situation } from './situation.ts';
import type { Verdict } from './three-valued.ts';

export const singlePersonEntryKind: TestKind = {
  code: 'single-person-entry.condition',
  tier: 'SINGLE_PERSON_ENTRY',
  unit: 'grounds',
  turns: null,
  becomes: { name: 'disability', becomes: 'listed for single-person entry' },
  describe: ({ plan }) => ({
    comparison: 'any-of',
    citation: `${plan.settings['single-entry.disabilities'].citation}; ${plan.settings['single-entry.major_illness'].citation}`,
    threshold: null,
    also: [],
  }),
};

const entryTest = ({ plan }: Situation, counted: Counted): Finding => {
  const disability = listedDisability(counted, plan.settings['single-entry.disabilities'].value);
  const illness = majorIllness(counted);
  const illnessCounts = plan.settings['single-entry.major_illness'].value;
  const grounds: string[] = [];
  if (disability.holds && disability.shown !== null) grounds.push(disability.shown);
  if (illness.holds && illnessCounts && illness.shown !== null) grounds.push(illness.shown);
  const causes: string[] = [];
  if (disability.cause !== null) causes.push(disability.cause);
  if (illness.cause !== null && illnessCounts) causes.push(illness.cause);
  return byGrounds(singlePersonEntryKind, counted, grounds, causes, { facts: factsOf(disability, illness) });
};

/** Which members of a marginal household could enter the allowance by themselves (D57 article 8). */
export interface SinglePersonEntry {
  readonly findings: readonly Finding[];
  readonly members: readonly { readonly counted: Counted; readonly verdict: Verdict }[];
}

/** Tests every counted member; one in extreme hardship has a tier of his or her own and is not asked. */
export const singlePersonEntry = (situation: Situation, hardship: readonly OwnHardship[]): SinglePersonEntry => {
  const findings: Finding[] = [];
  const members: { counted: Counted; verdict: Verdict }[] = [];
  for (const { counted, verdict } of hardship) {
    const tested = entryTest(situation, counted);
    const isExcluded = verdict === 'pass';
    findings.push(isExcluded ? { ...tested, result: 'not-applicable', causes: [] } : tested);
    members.push({ counted, verdict: isExcluded || tested.result === 'not-applicable' ? 'fail' : tested.result });
  }
  return { findings, members };
};
