import { describe, expect, it } from 'vitest';
import { runTogether } from '../../../demo/shared-clock.ts';
import type { World } from '../../../demo/world.ts';

const world = (): World & { readonly passed: string[] } => {
  let now = '2026-03-02T01:00:00.000Z';
  const passed: string[] = [];
  return {
    apiUrl: 'http://127.0.0.1:1',
    canAdvance: true,
    passed,
    token: () => Promise.resolve('token'),
    now: () => now,
    settle: () => Promise.resolve(),
    advanceTo: (instant) => {
      now = instant;
      passed.push(instant.slice(0, 10));
      return Promise.resolve();
    },
  };
};

const day = (date: string): string => `${date}T01:00:00.000Z`;

describe('stories on one clock', () => {
  it('let time pass to the earliest day anyone waits for, so that nobody is carried past it', async () => {
    const shared = world();
    const diary: string[] = [];
    const story = (name: string, days: readonly string[]) => async (own: World) => {
      for (const date of days) {
        await own.advanceTo(day(date));
        diary.push(`${name} ${String(await own.now()).slice(0, 10)}`);
      }
      return name;
    };
    const told = await runTogether(shared, [story('a', ['2026-03-05', '2026-03-20']), story('b', ['2026-03-09'])]);
    expect(told).toEqual(['a', 'b']);
    expect(diary).toEqual(['a 2026-03-05', 'b 2026-03-09', 'a 2026-03-20']);
  });

  it('do not move the clock for a moment that has passed, and move it once for several who wait for it', async () => {
    const shared = world();
    const wait = (date: string) => (own: World) => own.advanceTo(day(date));
    await runTogether(shared, [wait('2026-03-01'), wait('2026-03-05'), wait('2026-03-05')]);
    expect(shared.passed).toEqual(['2026-03-05']);
  });

  it('are run to their end when another one fails, and the failure is told', async () => {
    const shared = world();
    let ended = false;
    const failing = async (own: World) => {
      await own.advanceTo(day('2026-03-03'));
      throw new Error('broken off');
    };
    const whole = async (own: World) => {
      await own.advanceTo(day('2026-03-06'));
      ended = true;
    };
    await expect(runTogether(shared, [failing, whole])).rejects.toThrow('broken off');
    expect(ended).toBe(true);
  });

  it('act one at a time', async () => {
    const shared = world();
    let acting = 0;
    let most = 0;
    const story = async (own: World) => {
      for (const date of ['2026-03-03', '2026-03-04']) {
        await own.advanceTo(day(date));
        acting += 1;
        most = Math.max(most, acting);
        await new Promise((done) => setTimeout(done, 2));
        acting -= 1;
      }
    };
    await runTogether(shared, [story, story, story]);
    expect(most).toBe(1);
  });
});
