import { expect, test } from 'vitest';
import { createPrecedence } from '../../../local/lambda/precedence.ts';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks for so many turns at once and counts those that were given. */
const askFor = (count: number, turn: () => Promise<void>): { given: () => number } => {
  let given = 0;
  for (let asked = 0; asked < count; asked += 1) {
    void turn().then(() => {
      given += 1;
    });
  }
  return { given: () => given };
};

test('background work begins at once while nobody waits for an answer', async () => {
  const { turn } = createPrecedence();
  const asked = askFor(20, turn);
  await pause(5);
  expect(asked.given()).toBe(20);
});

test('background work goes on slowly, and does go on, while somebody waits', async () => {
  const { attend, turn } = createPrecedence();
  const answered = attend();
  const asked = askFor(20, turn);
  await pause(450);
  expect(asked.given()).toBeGreaterThanOrEqual(1);
  expect(asked.given()).toBeLessThanOrEqual(6);
  answered();
});

test('all of it goes on once nobody has waited for a moment', async () => {
  const { attend, turn } = createPrecedence();
  const answered = attend();
  const asked = askFor(20, turn);
  answered();
  await pause(200);
  expect(asked.given()).toBe(20);
});
