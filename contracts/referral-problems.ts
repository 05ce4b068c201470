const text = (zh: string, en: string) => ({ zh, en });

/** The problems of referrals; a part of the catalogue in problems.ts. */
export const referralProblems = {
  'referral-four-eyes': {
    status: 403,
    title: text('须由他人核实', 'Someone else must verify'),
    cause: text('报告该转介结果的人员不得自行核实。', 'Whoever reported the outcome of a referral may not verify it.'),
    cure: text('请由该区划的其他人员核实。', 'Have it verified by another officer of the division.'),
  },
} as const;
