/**
 * Knows whether anything is under way: a call of a function, a batch of stream records, a running step, a schedule. Waiting for
 * a person is not under way.
 */
export type Activity = {
  /** Marks something as begun; the function it returns marks it as ended and may be called twice. */
  readonly begin: () => () => void;
  /** Adds a question to put before answering "idle", such as "is there a new stream record?". */
  readonly ask: (question: () => Promise<void>) => void;
  /** Adds a reason for not being idle that is looked at each time, such as a retry that is due in a moment. */
  readonly unlessPending: (pending: () => boolean) => void;
  /** Resolves true as soon as nothing is under way, false when `timeoutMs` has passed before that. */
  readonly whenIdle: (timeoutMs: number) => Promise<boolean>;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const createActivity = (): Activity => {
  let open = 0;
  let begun = 0;
  const questions: (() => Promise<void>)[] = [];
  const pendings: (() => boolean)[] = [];
  const quiet = (): boolean => open === 0 && !pendings.some((pending) => pending());

  /** Idle only if, while every question was being answered, nothing new began. */
  const stayedQuiet = async (): Promise<boolean> => {
    const before = begun;
    if (!quiet()) return false;
    await Promise.all(questions.map((question) => question()));
    return begun === before && quiet();
  };

  return {
    begin: () => {
      open += 1;
      begun += 1;
      let ended = false;
      return () => {
        if (!ended) open -= 1;
        ended = true;
      };
    },
    ask: (question) => void questions.push(question),
    unlessPending: (pending) => void pendings.push(pending),
    whenIdle: async (timeoutMs) => {
      const end = performance.now() + timeoutMs;
      while (performance.now() <= end) {
        if (await stayedQuiet()) return true;
        await pause(10);
      }
      return false;
    },
  };
};
