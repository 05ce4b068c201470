/** Why the platform cannot start, and what to do about it, in words for the person at the terminal. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly cure: string;

  constructor(cause: string, cure: string, options?: ErrorOptions) {
    super(`${cause} ${cure}`, options);
    this.cure = cure;
  }
}

/** For what a library found wrong: its error becomes the cause. */
export const startFailureFrom = (error: unknown, reason: string, cure: string): StartFailure =>
  new StartFailure(reason, cure, { cause: error });

/** The `code` of a system error such as EADDRINUSE, if it carries one. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
