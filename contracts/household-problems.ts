const text = (zh: string, en: string) => ({ zh, en });

/** The problems of changes in households; a part of the catalogue in problems.ts. */
export const householdProblems = {
  'person-on-roster': {
    status: 409,
    title: text('此人已在底册中', 'The person is on the roster'),
    cause: text(
      '底册中已有此人，且属于某一家庭；一人只能在一个家庭中。未作任何更改。',
      'The roster has this person in a household, and a person is in one only. Nothing was changed.',
    ),
    cure: text(
      '请核对公民身份号码；如确已离开原家庭，请先由该家庭所在地登记其离开。',
      'Check the resident ID; if the person has left the other household, have that recorded first where it is.',
    ),
  },
} as const;
