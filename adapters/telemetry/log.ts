import { Logger } from '@aws-lambda-powertools/logger';
import { type MessageCode, messages } from './messages.ts';

/** What a log line may hold beside its code: identifiers, codes and measures. There is no field for a payload. */
export type LogIds = {
  requestId?: string;
  correlationId?: string;
  operation?: string;
  task?: string;
  applicationId?: string;
  householdId?: string;
  personId?: string;
  reviewId?: string;
  taskId?: string;
  determinationId?: string;
  noticeId?: string;
  policyRunId?: string;
  referralId?: string;
  objectionId?: string;
  eventId?: string;
  sequenceNumber?: string;
  executionName?: string;
  division?: string;
  kind?: string;
  status?: number;
  problem?: string;
  rateClass?: string;
  agency?: string;
  count?: number;
  durationMs?: number;
};

/** Writes catalogued messages, one line of JSON each. */
export interface Log {
  /** `error` is told by its name and its frames; its message may hold anything and is left out. */
  write(code: MessageCode, ids?: LogIds, error?: unknown): void;
  /** The same log with these ids in every line. */
  with(ids: LogIds): Log;
}

const identifier = /^[\w.:/#@+=-]{1,200}$/u;
/** 15 or 18 digits that stand alone look like a resident ID; the hexadecimal digits of our own ids do not stand alone. */
const residentIdLike = /(?<![0-9a-f])(?:\d{15}|\d{17}[\dXx])(?![0-9a-f])/iu;

const withoutPayload = (ids: LogIds): Record<string, string | number> => {
  const safe: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(ids)) {
    const isSafe = typeof value === 'number' || (identifier.test(value) && !residentIdLike.test(value));
    safe[name] = isSafe ? value : 'withheld';
  }
  return safe;
};

const shortest = (error: Error): string => (/^\w{1,80}$/u.test(error.name) ? error.name : 'Error');

/** Where an error was thrown: the frames below the message, which may itself have several lines. */
const framesOf = (error: Error): string[] => {
  const stack = error.stack ?? '';
  const at = stack.indexOf(error.message);
  const below = at < 0 ? stack : stack.slice(at + error.message.length);
  return below
    .split('\n')
    .filter((line) => /^\s+at /u.test(line))
    .slice(0, 8)
    .map((line) => line.trim().slice(0, 200));
};

/** Places and codes: JSON pointers, names of faults and what stands between them. No sentence in any other script than Latin. */
const placesAndCodes = /^[\w ./;:,~#@()[\]'=+-]*$/u;

/** An error of our own whose text names places and codes only may say so in `loggable`. */
const loggableOf = (error: Error): string | undefined => {
  if (!('loggable' in error) || typeof error.loggable !== 'string') return undefined;
  const says = error.loggable.slice(0, 1_000);
  return placesAndCodes.test(says) && !residentIdLike.test(says) ? says : 'withheld';
};

const describeError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { error: { name: typeof error } };
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause)
    causes.push(shortest(cause));
  return { error: { name: shortest(error), says: loggableOf(error), frames: framesOf(error), causes } };
};

const overLogger = (logger: Logger, fixed: LogIds): Log => ({
  write: (code, ids, error) => {
    const { level, text } = messages[code];
    const failure = error === undefined ? {} : describeError(error);
    logger[level](text, { messageCode: code, ...withoutPayload({ ...fixed, ...ids }), ...failure });
  },
  with: (ids) => overLogger(logger, { ...fixed, ...ids }),
});

/** The log of a function. The service name is taken from the function's environment unless given. */
export const createLog = (service?: string): Log =>
  overLogger(new Logger(service === undefined ? {} : { serviceName: service }), {});
