import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { StateStore } from '../state-folder.ts';
import type { FunctionModel } from '../template/platform-model.ts';
import type { FunctionError, InvocationResult } from './protocol.ts';

const usualRetries = 2;

/** Calls a function by its name with an event as JSON text. */
type Invoke = (functionName: string, event: string) => Promise<InvocationResult>;

type Surroundings = {
  readonly clock: Clock;
  readonly store: StateStore;
  /** True once nothing more is to be called. */
  readonly stopping: () => boolean;
};

/**
 * Calls of functions that nobody waits for, on top of calls that are waited for: tried again as the invocation config of the function says,
 * and put with the dead letters in the end, by default those named in the call.
 */
export const unattendedCalls = (
  invoke: Invoke,
  models: readonly FunctionModel[],
  { clock, store, stopping }: Surroundings,
): ((functionName: string, event: string, deadLetters: string) => Promise<void>) => {
  const modelOf = new Map(models.map((model) => [model.name, model]));

  const giveUp = (
    model: FunctionModel | undefined,
    event: string,
    error: FunctionError,
    more: { attempts: number; queue: string },
  ): void =>
    store.deadLetter(model?.asynchronous.onFailure ?? more.queue, {
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: { functionArn: model?.arn, condition: 'RetriesExhausted', approximateInvokeCount: more.attempts },
      requestPayload: z.unknown().parse(JSON.parse(event)),
      responsePayload: { errorType: error.errorType, errorMessage: error.errorMessage },
    });

  return async (functionName, event, queue) => {
    const model = modelOf.get(functionName);
    const attempts = 1 + (model?.asynchronous.retries ?? usualRetries);
    for (let attempt = 1; attempt <= attempts && !stopping(); attempt += 1) {
      const result = await invoke(functionName, event);
      if (result.ok) return;
      if (attempt === attempts) giveUp(model, event, result.error, { attempts, queue });
    }
  };
};
