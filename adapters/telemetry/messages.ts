type Level = 'debug' | 'info' | 'warn' | 'error';

/** Every log line of the platform, spelt once: a code that alarms and searches rely on, its level, and what it means. */
export const messages = {
  REQUEST_STARTED: { level: 'info', text: 'A request of the API has begun.' },
  REQUEST_COMPLETED: { level: 'info', text: 'A request of the API has been answered.' },
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
  OUTBOX_RELAYED: { level: 'info', text: 'An outbox item has been passed on.' },
  OUTBOX_STRANDED: {
    level: 'warn',
    text: 'An outbox item was older than the relay allows and has been taken up by the sweep.',
  },
  WORKFLOW_ALREADY_STARTED: {
    level: 'info',
    text: 'A workflow of this name runs already; the start was a repetition.',
  },
  WORKFLOW_TOKEN_SPENT: { level: 'info', text: 'A task token was answered before or its execution has ended.' },
  TASK_REMINDED: { level: 'info', text: 'A task has reached four fifths of its time; its performers were reminded.' },
  TASK_ESCALATED: { level: 'warn', text: 'A task has passed its deadline and is escalated.' },
  NOTICE_ENDED: { level: 'info', text: 'A public notice has stood for its days and has ended.' },
  SWEEP_ITEM_FAILED: { level: 'error', text: 'The sweep could not handle one item; it is left for the next sweep.' },
} as const satisfies Record<string, { level: Level; text: string }>;
export type MessageCode = keyof typeof messages;
