import { z } from 'zod';

/** What a worker is told when it is made. */
export type WorkerSetting = {
  /** file: URL of the module with the handler. */
  readonly module: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly timeoutMs: number;
  readonly sharedOffset: SharedArrayBuffer;
  readonly logFile: string;
  readonly sourceMaps: boolean;
};

/** One call: the event as JSON text, so that it crosses the thread boundary without being taken apart. */
export type Call = { readonly requestId: string; readonly event: string };

export const FunctionError = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});
/** An error as Lambda reports it to whoever called the function. */
export type FunctionError = z.infer<typeof FunctionError>;

export const Reply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed-to-start'), error: FunctionError }),
  z.object({ type: z.literal('result'), payload: z.string() }),
  z.object({ type: z.literal('error'), error: FunctionError }),
]);
export type Reply = z.infer<typeof Reply>;

/** What became of a call: the result as JSON text, or the function's error. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };
