type Level = 'debug' | 'info' | 'warn' | 'error';

/** Every log line of the platform, spelt once: a code that alarms and searches rely on, its level, and what it means. */
export const messages = {
  REQUEST_STARTED: { level: 'info', text: 'A request of the API has begun.' },
  REQUEST_COMPLETED: { level: 'info', text: 'A request of the API has been answered.' },
  REQUEST_LIMITED: {
    level: 'warn',
    text: 'A request was refused because its caller had used up its limit; nothing of it was done.',
  },
  RATE_COUNTER_UNREACHABLE: {
    level: 'warn',
    text: 'A request could not be counted against the limit of its caller and was admitted without.',
  },
  REQUEST_TIMED_OUT: {
    level: 'error',
    text: 'A request was given up just before the function would have been stopped.',
  },
  TASK_STARTED: { level: 'info', text: 'A task function has begun.' },
  TASK_COMPLETED: { level: 'info', text: 'A task function has ended well.' },
  TASK_INPUT_REFUSED: {
    level: 'error',
    text: 'A task was given an input that is not of its contract. Repeating it cannot help.',
  },
  TASK_OUTPUT_REFUSED: { level: 'error', text: 'A task produced an output that is not of its contract.' },
  STORE_UNAVAILABLE: {
    level: 'warn',
    text: 'A service this depends on failed for the moment; the caller is asked to try again.',
  },
  UNEXPECTED_ERROR: { level: 'error', text: 'Something failed that nobody expected.' },
  RECORD_FAILED: { level: 'warn', text: 'A stream record could not be handled and will be given again.' },
  OUTBOX_RELAYED: { level: 'info', text: 'Outbox items of a batch have been passed on.' },
  OUTBOX_STRANDED: {
    level: 'warn',
    text: 'Outbox items were older than the relay allows and have been passed on by the sweep.',
  },
  TASK_REMINDED: {
    level: 'info',
    text: 'Tasks have reached four fifths of their time; their performers were reminded.',
  },
  TASK_ESCALATED: { level: 'warn', text: 'Tasks have passed their deadline and are escalated.' },
  NOTICE_ENDED: { level: 'info', text: 'Public notices have stood for their days and have ended.' },
  REFERRAL_REMINDED: {
    level: 'info',
    text: 'Referrals have reached four fifths of their time; whoever has to act was reminded.',
  },
  REPORT_ERASED: { level: 'info', text: 'What was told about people in reports that ended long ago was erased.' },
  REFERRAL_ESCALATED: { level: 'warn', text: 'Referrals have passed their deadline and are escalated.' },
  SWEEP_ITEM_FAILED: { level: 'error', text: 'The sweep could not handle one item; it is left for the next sweep.' },
} as const satisfies Record<string, { level: Level; text: string }>;
export type MessageCode = keyof typeof messages;
