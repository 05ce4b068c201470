/**
 * Settings of every client of AWS, spelt once. Without them a call that gets no answer would wait until the function is stopped, and
 * the caller would hear nothing of it.
 *
 * A call ends within about 13 s at the worst: three attempts of 4 s each, and what the SDK waits between them. A function of the API has
 * 20 s and the gateway 30 s, so whoever waits gets a 503 to read. DynamoDB answers in milliseconds; what takes seconds is lost.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: {
    /** Milliseconds until a connection must stand. */
    connectionTimeout: 1_000,
    /** Milliseconds until an answer must be there. */
    requestTimeout: 4_000,
    /** Without this the SDK writes a warning and goes on waiting. */
    throwOnRequestTimeout: true,
  },
};
