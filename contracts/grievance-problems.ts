const text = (zh: string, en: string) => ({ zh, en });

/** The problems of grievances; a part of the catalogue in problems.ts. */
export const grievanceProblems = {
  'grievance-four-eyes': {
    status: 403,
    title: text('须由他人办理', 'Someone else must examine it'),
    cause: text(
      '参与过被投诉或被申请复议事项的人员，不得受理、办理或撤回该件。',
      'Whoever had a hand in what is complained of may not accept, examine or end the grievance.',
    ),
    cure: text(
      '请由未参与该事项的县级工作人员或审核人员办理。',
      'Have it done by a county worker or approver who had no hand in it.',
    ),
  },
} as const;
