import { slotOf } from '../facts/readings.ts';
import type { OwnHardship } from './extreme-hardship.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { thresholdOf } from './lines.ts';
import { causeOf, numberOf, reading, type Situation } from './situation.ts';

const refusalsSlot = slotOf('work.refusals');

export const workRefusalKind: TestKind = {
  code: 'mla.work-refusal',
  tier: 'ALLOWANCE_AMOUNT',
  unit: 'refusals',
  turns: { name: 'work.refusals', passes: 'below' },
  describe: ({ plan }) => {
    const count = plan.settings['work_refusal.count'];
    return {
      comparison: '<',
      citation: count.citation,
      threshold: thresholdOf('work_refusal.count', count, count.value, count.unit),
      also: [],
    };
  },
};

/** Members whose own share of the allowance is cut, or may have to be. */
export interface WorkRefusals {
  readonly refusing: number;
  readonly open: number;
}

/**
 * Refusals of work in a row, without good reason, by members who are able to work: from three on the refuser's own share is cut,
 * never the family's (D57 article 34, D14 article 45). Nobody is asked of whom no refusal is on file, nor anyone who lacks, or may
 * lack, the capacity to work. Adds what was found.
 */
export const workRefusals = (
  { plan }: Situation,
  hardship: readonly OwnHardship[],
  findings: Finding[],
): WorkRefusals => {
  const { settings } = plan;
  const limit = settings['work_refusal.count'].value;
  let refusing = 0;
  let open = 0;
  for (const { counted, lacksWorkCapacity } of hardship) {
    const read = reading(counted, refusalsSlot);
    const isAsked =
      lacksWorkCapacity === 'fail' &&
      counted.age >= settings['work_refusal.age_from'].value &&
      counted.age < settings['work_refusal.age_below'].value;
    if (!isAsked || (!read.known && read.problem === 'not-declared')) continue;
    if (!read.known) {
      const causes = [causeOf(read.problem, 'work.refusals', counted.member.personId)];
      findings.push(unmeasured(workRefusalKind, counted, 'unknown', { limit, causes }));
      open += 1;
      continue;
    }
    const count = numberOf(read);
    findings.push(
      measured(workRefusalKind, counted, count < limit, { value: count, limit, turning: limit, facts: [read] }),
    );
    if (count >= limit) refusing += 1;
  }
  return { refusing, open };
};
