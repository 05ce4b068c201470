/** The name that the state machines' `Retry` matches. An error of this name promises that trying again may help. */
export const retryableErrorName = 'RetryableError';

/** Names under which AWS services and the SDK report what passes by itself: throttling, conflicts, lost connections. */
const transientNames = new Set([
  retryableErrorName,
  'AbortError',
  'InternalServerError',
  'InternalServiceError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottledException',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
const transientCodes = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const transientReasons = new Set(['ProvisionedThroughputExceeded', 'ThrottlingError', 'TransactionConflict']);

const read = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const textIn = (value: unknown, name: string): string => {
  const text = read(value, name);
  return typeof text === 'string' ? text : '';
};

/** A cancelled transaction may be tried again only when nothing in it was refused for good. */
const isPassingCancellation = (reasons: readonly unknown[]): boolean => {
  const codes = reasons.map((reason) => textIn(reason, 'Code')).filter((code) => code !== '' && code !== 'None');
  return codes.length > 0 && codes.every((code) => transientReasons.has(code));
};

/** Whether an error of the SDK or the network may pass by itself, so that the same call can succeed later. */
export const isTransient = (error: unknown): boolean => {
  const name = textIn(error, 'name');
  const reasons = read(error, 'CancellationReasons');
  if (name === 'TransactionCanceledException') return Array.isArray(reasons) && isPassingCancellation(reasons);
  const status = Number(read(read(error, '$metadata'), 'httpStatusCode') ?? 0);
  return (
    transientNames.has(name) ||
    transientCodes.has(textIn(error, 'code')) ||
    read(error, '$fault') === 'server' ||
    read(error, '$retryable') !== undefined ||
    status >= 500 ||
    status === 429
  );
};
