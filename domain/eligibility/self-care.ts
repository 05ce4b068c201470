import type { HouseholdMember } from '../households/household.ts';
import type { TestLine } from './evaluation.ts';
import { causeOf, inputOf, numberOf, reading, type Situation, setting, thresholdOf } from './situation.ts';

/** How well someone looks after himself or herself; null when nobody has rated it. */
export type SelfCare = 'full' | 'partial' | 'total-loss' | null;

/**
 * Rates self-care by the six indicators of D43 article 21: eating, dressing, getting in and out of bed, using the toilet,
 * walking indoors, bathing. The rating opens no tier; it sets the grade of care, so without it no amount can be decided.
 */
export const selfCareTest = (situation: Situation, member: HouseholdMember): { line: TestLine; selfCare: SelfCare } => {
  const totalFrom = setting(situation, 'self-care.total_from');
  const partialFrom = setting(situation, 'self-care.partial_from');
  const read = reading(situation, member.personId, 'self-care.failed');
  const failed = read.known ? numberOf(read) : null;
  const selfCare =
    failed === null
      ? null
      : failed >= totalFrom.value
        ? 'total-loss'
        : failed >= partialFrom.value
          ? 'partial'
          : 'full';
  const line: TestLine = {
    code: 'extreme-hardship.self-care',
    tier: 'EXTREME_HARDSHIP',
    subject: member.personId,
    comparison: 'any-of',
    measured: selfCare,
    unit: 'grade',
    inputs: read.known ? [inputOf(read)] : [],
    threshold: thresholdOf('self-care.total_from', totalFrom, totalFrom.value, totalFrom.unit),
    result: read.known ? 'pass' : 'unknown',
    distance: failed === null ? null : totalFrom.value - failed,
    citation: totalFrom.citation,
    wouldChange: null,
    cause: read.known ? null : causeOf(read.problem, 'self-care.failed', member.personId),
  };
  return { line, selfCare };
};
