const text = (zh: string, en: string) => ({ zh, en });

/** The problems of quick aid in an emergency; a part of the catalogue in problems.ts. */
export const emergencyProblems = {
  'emergency-already-aided': {
    status: 409,
    title: text('同一事件已获救助', 'The same event has been aided'),
    cause: text(
      '此人此事已由 errors 所列区划给予小额快救；未再次给予。',
      'The division that errors names has given quick aid for this person and event. Nothing was given again.',
    ),
    cure: text(
      '请勿重复救助；困难持续的，请受理完整申请。',
      'Do not give it again; if the hardship goes on, take a full application.',
    ),
  },
  'emergency-reserve-exhausted': {
    status: 409,
    title: text('备用金不足', 'The reserve does not suffice'),
    cause: text('所用备用金的余额不足以支付此金额。', 'The reserve holds less than this amount.'),
    cure: text(
      '请县级拨付备用金，或由县级直接给予救助。',
      'Have the county put money into the reserve, or give the aid from the county’s own.',
    ),
  },
} as const;
