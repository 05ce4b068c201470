const text = (zh: string, en: string) => ({ zh, en });

/** The problems of the daily scan; a part of the catalogue in problems.ts. */
export const scanProblems = {
  'no-daily-scan': {
    status: 404,
    title: text('该日没有排查', 'There was no scan on that day'),
    cause: text(
      '该日的每日排查没有开始过：尚未到时间，或当日未能开始。',
      'No daily scan was begun on that day: its time has not come, or it could not be begun.',
    ),
    cure: text(
      '请核对日期；当日凌晨应已开始的，请告知管理员。',
      'Check the day; if its night has passed, tell the administrator.',
    ),
  },
} as const;
