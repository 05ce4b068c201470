import { slotOf } from '../facts/readings.ts';
import type { Finding, TestKind } from './finding.ts';
import { unmeasured } from './finding.ts';
import { thresholdOf } from './lines.ts';
import { type Counted, causeOf, numberOf, reading, type Situation } from './situation.ts';

/** How well someone looks after himself or herself. */
export type SelfCare = 'full' | 'partial' | 'total-loss';

const failedSlot = slotOf('self-care.failed');

export const selfCareKind: TestKind = {
  code: 'extreme-hardship.self-care',
  tier: 'EXTREME_HARDSHIP',
  unit: 'grade',
  turns: null,
  describe: ({ plan }) => {
    const totalFrom = plan.settings['self-care.total_from'];
    return {
      comparison: 'any-of',
      citation: totalFrom.citation,
      threshold: thresholdOf('self-care.total_from', totalFrom, totalFrom.value, totalFrom.unit),
      also: [],
    };
  },
};

const gradeOf = ({ plan: { settings } }: Situation, failed: number): SelfCare => {
  if (failed >= settings['self-care.total_from'].value) return 'total-loss';
  return failed >= settings['self-care.partial_from'].value ? 'partial' : 'full';
};

/**
 * Rates self-care by the six indicators of D43 article 21: eating, dressing, getting in and out of bed, using the toilet,
 * walking indoors, bathing. The rating opens no tier; it sets the grade of care, so without it no amount can be decided:
 * null then.
 */
export const selfCareTest = (situation: Situation, counted: Counted): { found: Finding; grade: SelfCare | null } => {
  const limit = situation.plan.settings['self-care.total_from'].value;
  const read = reading(counted, failedSlot);
  if (!read.known) {
    const causes = [causeOf(read.problem, 'self-care.failed', counted.member.personId)];
    return { found: unmeasured(selfCareKind, counted, 'unknown', { limit, causes }), grade: null };
  }
  const failed = numberOf(read);
  const grade = gradeOf(situation, failed);
  const found: Finding = {
    ...unmeasured(selfCareKind, counted, 'pass', { limit, facts: [read] }),
    measured: grade,
    distance: limit - failed,
  };
  return { found, grade };
};
