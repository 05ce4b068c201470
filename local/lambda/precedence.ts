/**
 * Lets answers that somebody waits for go before work that nobody waits for. In the cloud both have machines of their own; here
 * they share two cores, and a burst of requests would otherwise stand in line behind the reviews it has started. While requests
 * keep coming, background work goes on slowly; a moment after the last of them it goes on at full speed.
 */
export type Precedence = {
  /** Somebody waits for an answer, until the function that is returned is called. */
  readonly attend: () => () => void;
  /** Resolves when a piece of background work may begin. */
  readonly turn: () => Promise<void>;
};

/** So long after the last answer nobody is taken to be waiting. */
const quietMs = 40;
/** While somebody waits, one piece of background work begins in so many milliseconds. */
const paceMs = 100;

export const createPrecedence = (): Precedence => {
  const waiting: (() => void)[] = [];
  let attended = 0;
  let lastAnswer = -Infinity;
  let armed = false;
  let lastTurn = -Infinity;

  const isQuiet = (): boolean => attended === 0 && performance.now() - lastAnswer >= quietMs;

  const arm = (): void => {
    if (!armed) setTimeout(() => release(), quietMs);
    armed = true;
  };

  const release = (): void => {
    armed = false;
    if (isQuiet()) {
      for (const begin of waiting.splice(0)) begin();
      return;
    }
    if (performance.now() - lastTurn >= paceMs) {
      lastTurn = performance.now();
      waiting.shift()?.();
    }
    if (waiting.length > 0) arm();
  };

  return {
    attend: () => {
      attended += 1;
      return () => {
        attended -= 1;
        lastAnswer = performance.now();
      };
    },
    turn: () => {
      if (isQuiet() && waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        arm();
      });
    },
  };
};
