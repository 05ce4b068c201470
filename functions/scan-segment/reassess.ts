import type { Application } from '../../domain/applications/application.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { Household } from '../../domain/households/household.ts';
import {
  changeDetermination,
  contentOf,
  differs,
  givenAnew,
} from '../../domain/policy-versions/change-determination.ts';
import { reassessmentIdOf } from '../../domain/policy-versions/run-ids.ts';
import { decideAnew } from '../decide-anew.ts';
import { isProposedByActivation } from '../proposed-by-activation.ts';
import type { Scanning } from './scanning.ts';

/** Time decides nothing by itself: the nightly scan does, and where it would take something away the county looks first. */
const reassessor = { role: 'workflow', subject: 'reassessment' } as const;

/** A household with what stands of it, and what the rules give today and gave earlier for what is on file now (`evaluatedEarlier`). */
export interface Reassessed {
  readonly household: Household;
  readonly standing: Determination;
  readonly today: Evaluation;
  /** Made when it is asked for: few households need it. */
  readonly earlier: () => IteratorObject<Evaluation>;
  /** Whose consent to the next tier counts. Absent: as if it were given. */
  readonly application?: Application | undefined;
}

const decisionBy = (
  { dependencies: { digest }, policy, day, at }: Scanning,
  { household, standing, application }: Pick<Reassessed, 'household' | 'standing' | 'application'>,
  evaluation: Evaluation,
): Determination => {
  const next = changeDetermination(digest, {
    cause: { kind: 'passing-of-time', day },
    determinationId: standing.determinationId,
    roster: { household },
    standing,
    application,
    policy,
    evaluation,
    decidedBy: reassessor.subject,
    at,
  });
  return { ...next, determinationId: reassessmentIdOf(digest, standing, contentOf(next)) };
};

const givenBy = ({ household, standing, application }: Reassessed, evaluation: Evaluation) =>
  givenAnew({ roster: { household }, standing, application, evaluation });

/**
 * Whether the rules give a household something else today than stands, because of the time that has passed and nothing else. What they
 * cannot decide is the periodic review's to find out.
 */
export const givesOtherwise = (reassessed: Reassessed): boolean => {
  const { standing, today } = reassessed;
  if (today.status === 'cannot-decide') return false;
  const next = givenBy(reassessed, today);
  if (!differs(standing, next)) return false;
  return reassessed
    .earlier()
    .some((earlier) => earlier.status === 'decided' && differs(givenBy(reassessed, earlier), next));
};

/**
 * Decides a household anew where time alone has changed what the rules give it. What adds holds at once; what takes away waits for the
 * county. The decision's id follows from what stands and what would be different, so that every further night finds the one that is
 * there, also where the county has kept what stood; and what an activation has proposed is not proposed again. Where nothing differs
 * nothing is written. Answers whether this day's scan has decided, be it in a call that was cut off.
 */
export const reassessed = async (scanning: Scanning, about: Reassessed): Promise<boolean> => {
  if (!givesOtherwise(about)) return false;
  const { dependencies, policy, day } = scanning;
  const { standing, household, today } = about;
  const next = decisionBy(scanning, about, today);
  if (await isProposedByActivation(dependencies, next)) return false;
  const { determinationId } = next;
  const decided = await decideAnew(
    dependencies,
    { householdId: household.householdId, determinationId, event: 'HouseholdRedecided', actor: reassessor, policy },
    async (roster) => {
      const evaluation = evaluate(roster.household, policy, day);
      if (roster.determinationId !== standing.determinationId || evaluation.status === 'cannot-decide')
        return 'overtaken';
      const now = decisionBy(scanning, { ...about, household: roster.household }, evaluation);
      return now.determinationId === determinationId ? now : 'overtaken';
    },
  );
  if (decided === 'overtaken') return false;
  const { change } = decided;
  return change?.cause.kind === 'passing-of-time' && change.cause.day === day;
};
