import type { SweepCounts } from './sweep.ts';

/** What a sweep has done, as the log and the metrics call it. */
export const told = (counts: SweepCounts) =>
  [
    { message: 'TASK_REMINDED', metric: 'TasksReminded', count: counts.reminded },
    { message: 'TASK_ESCALATED', metric: 'TasksEscalated', count: counts.escalated },
    { message: 'NOTICE_ENDED', metric: 'NoticesEnded', count: counts.noticesEnded },
    { message: 'OUTBOX_STRANDED', metric: 'OutboxStranded', count: counts.eventsRelayed },
  ] as const;
