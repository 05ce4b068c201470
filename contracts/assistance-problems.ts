const text = (zh: string, en: string) => ({ zh, en });

/** The problems of the assistance chain; a part of the catalogue in problems.ts. */
export const assistanceProblems = {
  'assistance-duplicate': {
    status: 409,
    title: text('该救助会造成重复', 'This aid would be given twice'),
    cause: text(
      '同一对象在同一时期已有该项目，或已有与之互斥的项目（见 inTheWay）；未作任何登记。',
      'The same item, or one that excludes it, stands for this subject and time (see inTheWay). Nothing was recorded.',
    ),
    cure: text(
      '请选择其后的时期，或与所列部门核对；对方终止后可再登记。已经发放的，请登记为未事先登记的发放。',
      'Choose a later time, or clear it up with the department that is named; once it ends theirs, claim again. What was paid ' +
        'already is to be recorded as a delivery without a claim.',
    ),
  },
  'assistance-item-of-another': {
    status: 403,
    title: text('不是本部门的救助项目', 'An item of another department'),
    cause: text(
      '该救助项目由其他部门牵头；未作任何登记。',
      'The item is led by another department. Nothing was recorded.',
    ),
    cure: text('请只登记本部门的项目。', 'Record items of your own department only.'),
  },
} as const;
