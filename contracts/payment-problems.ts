const text = (zh: string, en: string) => ({ zh, en });

/** The problems of payment runs, and of the deaths that hold payments; a part of the catalogue in problems.ts. */
export const paymentProblems = {
  'payment-four-eyes': {
    status: 403,
    title: text('须由他人核准发放', 'Someone else must release'),
    cause: text('编制发放清单的人员不得自行核准发放。', 'Whoever had the payments listed may not release them.'),
    cure: text(
      '请由本县其他人员核对总额后核准。',
      'Have another officer of the county compare the totals and release.',
    ),
  },
  'death-already-recorded': {
    status: 409,
    title: text('死亡已登记，日期不同', 'The death is on record with another day'),
    cause: text(
      '底册已登记此人死亡，日期与所报不同；未作任何更改，相关款项照常暂缓发放。',
      'The roster has this person as deceased on another day. Nothing was changed, and payments are held as before.',
    ),
    cure: text(
      '请读取该户（见 links）查看已登记的日期，并与证明材料核对；所报有误的，无需再办。',
      'Read the household (see links) for the day that stands and compare the papers. Where yours was mistaken, nothing more is needed.',
    ),
  },
} as const;
