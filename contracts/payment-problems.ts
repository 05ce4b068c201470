const text = (zh: string, en: string) => ({ zh, en });

/** The problems of payment runs; a part of the catalogue in problems.ts. */
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
} as const;
