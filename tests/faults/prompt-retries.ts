interface Token {
  readonly getRetryCount: () => number;
  readonly getRetryDelay: () => number;
}

const attempts = 3;
const passing = new Set<unknown>(['TRANSIENT', 'THROTTLING', 'SERVER_ERROR']);
const tokenOf = (count: number): Token => ({ getRetryCount: () => count, getRetryDelay: () => 0 });

/** The SDK's standard retries, three attempts at what may pass, without its pauses: a run of thousands would only sleep. */
export const promptRetries = () => ({
  mode: 'standard',
  acquireInitialRetryToken: async (): Promise<Token> => tokenOf(0),
  refreshRetryTokenForRetry: async (token: Token, { errorType }: { errorType: unknown }): Promise<Token> => {
    if (!passing.has(errorType) || token.getRetryCount() + 1 >= attempts) throw new Error('no more attempts');
    return tokenOf(token.getRetryCount() + 1);
  },
  recordSuccess: (): void => undefined,
});
