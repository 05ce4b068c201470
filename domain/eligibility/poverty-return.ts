import { factChoices, type PovertyReturnKind } from '../facts/choices.ts';
import { slotOf } from '../facts/readings.ts';
import { type Finding, type TestKind, unmeasured } from './finding.ts';
import { causeOf, homeReading, type Situation } from './situation.ts';

const monitoringSlot = slotOf('monitoring.poverty-return');

export const povertyReturnTestKind: TestKind = {
  code: 'monitoring.poverty-return',
  tier: 'OVERLAY',
  unit: 'kind',
  turns: null,
  describe: () => ({ comparison: 'any-of', citation: 'D39 section 4', threshold: null, also: [] }),
};

const kinds = factChoices['poverty-return'].filter((choice) => choice !== 'none');

/**
 * As which kind a household is on the poverty-return list; null, without a finding, where nobody says that it is. Such monitoring
 * lies over the tiers and changes none: people on that list are given what their tier opens and are watched besides (D39 section
 * 4). Adds what was found.
 */
export const povertyReturn = (situation: Situation, findings: Finding[]): PovertyReturnKind | null => {
  const read = homeReading(situation, monitoringSlot);
  if (!read.known) {
    if (read.problem === 'not-declared') return null;
    const causes = [causeOf(read.problem, 'monitoring.poverty-return')];
    findings.push(unmeasured(povertyReturnTestKind, null, 'unknown', { causes }));
    return null;
  }
  const kind = kinds.find((each) => each === read.fact.value) ?? null;
  const found = unmeasured(povertyReturnTestKind, null, kind === null ? 'fail' : 'pass', { facts: [read] });
  findings.push({ ...found, measured: kind });
  return kind;
};
