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

/** Whether a household is on the poverty-return list, and as which kind; no finding where nobody says so. */
export interface PovertyReturn {
  readonly kind: PovertyReturnKind | null;
  readonly findings: readonly Finding[];
}

/**
 * Poverty-return monitoring lies over the tiers and changes none: people on that list are given what their tier opens and are
 * watched besides (D39 section 4).
 */
export const povertyReturn = (situation: Situation): PovertyReturn => {
  const read = homeReading(situation, monitoringSlot);
  if (!read.known) {
    if (read.problem === 'not-declared') return { kind: null, findings: [] };
    const causes = [causeOf(read.problem, 'monitoring.poverty-return')];
    return { kind: null, findings: [unmeasured(povertyReturnTestKind, null, 'unknown', { causes })] };
  }
  const kind = kinds.find((each) => each === read.fact.value) ?? null;
  const found = unmeasured(povertyReturnTestKind, null, kind === null ? 'fail' : 'pass', { facts: [read] });
  return { kind, findings: [{ ...found, measured: kind }] };
};
