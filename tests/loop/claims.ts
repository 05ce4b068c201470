import type { Principal } from '../../contracts/principal.ts';
import { agencyOf, claim, type Subject, subjectOf } from '../support/assistance.ts';
import type { TestRoster } from '../support/roster.ts';

/** What came of many claims of one item for one person, made at once. */
export interface ClaimCounts {
  readonly claims: number;
  /** Claims that stand. */
  readonly standing: number;
  /** Claims that were refused and told what stands in the way: which kind of aid, from whom and until when. */
  readonly toldWhy: number;
  /** Claims refused without being told, or with more than they may know. */
  readonly untold: number;
  /** Everything else: a lost answer, another refusal. */
  readonly lost: number;
  readonly violations: number;
}

/** So many requests of one caller are under way at the same time: a function serves one each, and a store that is busy says so. */
const atOnce = 50;

/** What a refused agency is to be told of the item it asked for, and nothing beside it. */
const told = JSON.stringify({
  item: {
    code: 'disability.nursing-subsidy',
    name: { zh: '重度残疾人护理补贴', en: 'nursing subsidy for severely disabled people' },
  },
  department: { code: 'civil-affairs', name: { zh: '民政部门', en: 'Civil Affairs' } },
  until: '2026-05-31',
});

/** Callers of three counties' offices, and officers: whoever may claim the item. */
const callerOf = (index: number): Principal => agencyOf('civil-affairs', '140121', `-office-${index % 7}`);

/**
 * Claims one item for one person and period `count` times, by competing offices, as many at once as a store takes. Exactly one may stand,
 * and everyone else has to be told why theirs does not.
 */
export const runClaims = async (roster: TestRoster, count: number): Promise<ClaimCounts> => {
  const subject: Subject = await subjectOf(roster, `person that ${count} claims are about`);
  const counts = { standing: 0, toldWhy: 0, untold: 0, lost: 0 };
  const one = async (index: number): Promise<void> => {
    const answer = await claim(roster, 'disability.nursing-subsidy', subject, {}, { as: callerOf(index) }).catch(
      () => undefined,
    );
    if (answer === undefined) counts.lost += 1;
    else if (answer.ok) counts.standing += 1;
    else if (answer.problem !== 'assistance-duplicate') counts.lost += 1;
    else if (JSON.stringify(answer.inTheWay) === told) counts.toldWhy += 1;
    else counts.untold += 1;
  };
  for (let start = 0; start < count; start += atOnce) {
    const length = Math.min(atOnce, count - start);
    await Promise.all(Array.from({ length }, (_, index) => one(start + index)));
  }
  const violations = Math.abs(counts.standing - 1) + counts.untold + counts.lost;
  return { claims: count, ...counts, violations };
};
