/** What a sweep did, by kind, and what it could not do and left for the next one. */
export interface SweepCounts {
  reminded: number;
  escalated: number;
  noticesEnded: number;
  referralsReminded: number;
  referralsEscalated: number;
  /** Reports that ended long ago, and of which what was told is no longer kept. */
  reportsErased: number;
  eventsRelayed: number;
  /** Events that have failed too often and no longer stand before the others. */
  parked: number;
  failed: number;
}

/** Of a sweep that begins. */
export const nothingDone = (): SweepCounts => ({
  reminded: 0,
  escalated: 0,
  noticesEnded: 0,
  referralsReminded: 0,
  referralsEscalated: 0,
  reportsErased: 0,
  eventsRelayed: 0,
  parked: 0,
  failed: 0,
});

/** What a sweep has done, as the log and the metrics call it. */
export const told = (counts: SweepCounts) =>
  [
    { message: 'TASK_REMINDED', metric: 'TasksReminded', count: counts.reminded },
    { message: 'TASK_ESCALATED', metric: 'TasksEscalated', count: counts.escalated },
    { message: 'NOTICE_ENDED', metric: 'NoticesEnded', count: counts.noticesEnded },
    { message: 'REFERRAL_REMINDED', metric: 'ReferralsReminded', count: counts.referralsReminded },
    { message: 'REFERRAL_ESCALATED', metric: 'ReferralsEscalated', count: counts.referralsEscalated },
    { message: 'REPORT_ERASED', metric: 'ReportsErased', count: counts.reportsErased },
    { message: 'OUTBOX_STRANDED', metric: 'OutboxStranded', count: counts.eventsRelayed },
  ] as const;
