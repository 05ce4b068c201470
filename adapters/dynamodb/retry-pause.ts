const shortestMs = 5;
const longestMs = 500;

/** A pause of chance length, longer the more tries there have been, so that those who met do not meet again. */
export const retryPause = (attempt: number): Promise<void> =>
  new Promise((resolve) =>
    setTimeout(resolve, Math.random() * Math.min(longestMs, shortestMs * 2 ** Math.min(attempt, 8))),
  );
