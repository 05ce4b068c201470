/** What someone does, or has done, on one case or one version of the policy. */
export const duties = [
  'hand-in',
  'assess',
  'confirm',
  'draft-policy',
  'activate-policy',
  'report-outcome',
  'verify-outcome',
  'perform-task',
  'examine-grievance',
  'prepare-payments',
  'release-payments',
] as const;
export type Duty = (typeof duties)[number];

/** Two duties that one subject may not have on the same case, whatever roles its tokens carried when it did them. */
export interface IncompatibleDuties {
  readonly done: Duty;
  readonly next: Duty;
  readonly on: 'review' | 'policy version' | 'referral' | 'grievance' | 'payment run';
  readonly problem:
    | 'four-eyes'
    | 'policy-four-eyes'
    | 'referral-four-eyes'
    | 'grievance-four-eyes'
    | 'payment-four-eyes';
  /** Where the rule comes from: law, or a setting of this platform. */
  readonly basis: 'law' | 'local-setting';
  readonly citation: string;
}

/** Every pair of duties that must be in two hands, spelt once. */
export const incompatibleDuties: readonly IncompatibleDuties[] = [
  {
    done: 'assess',
    next: 'confirm',
    on: 'review',
    problem: 'four-eyes',
    basis: 'law',
    citation: 'D57 article 20: whoever took part in the field assessment, in any round, does not confirm',
  },
  {
    done: 'hand-in',
    next: 'confirm',
    on: 'review',
    problem: 'four-eyes',
    basis: 'local-setting',
    citation: 'whoever handed an application in does not confirm what comes of it',
  },
  {
    done: 'draft-policy',
    next: 'activate-policy',
    on: 'policy version',
    problem: 'policy-four-eyes',
    basis: 'local-setting',
    citation: 'whoever drafted a version of the policy does not put it in force',
  },
  {
    done: 'report-outcome',
    next: 'verify-outcome',
    on: 'referral',
    problem: 'referral-four-eyes',
    basis: 'local-setting',
    citation: 'whoever reported an outcome does not verify it',
  },
  ...(['hand-in', 'assess', 'confirm', 'perform-task'] as const).map(
    (done): IncompatibleDuties => ({
      done,
      next: 'examine-grievance',
      on: 'grievance',
      problem: 'grievance-four-eyes',
      basis: 'local-setting',
      citation: 'whoever had a hand in what is complained of does not examine the complaint',
    }),
  ),
  {
    done: 'prepare-payments',
    next: 'release-payments',
    on: 'payment run',
    problem: 'payment-four-eyes',
    basis: 'local-setting',
    citation: 'whoever had the payments of a month listed does not release them, at once or later',
  },
];

/** A duty somebody has done. */
export interface DutyDone {
  readonly duty: Duty;
  readonly subject: string;
}

/** The first pair that stands against a subject taking on a duty, given what was done before; undefined when none does. */
export const conflictOfDuty = (
  next: Duty,
  subject: string,
  before: readonly DutyDone[],
): IncompatibleDuties | undefined =>
  incompatibleDuties.find(
    (pair) => pair.next === next && before.some((done) => done.duty === pair.done && done.subject === subject),
  );
