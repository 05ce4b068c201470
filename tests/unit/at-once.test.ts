import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { forEachAtOnce } from '../../functions/at-once.ts';

const items = Array.from({ length: 20 }, (_, index) => index);

describe('doing something for each of several', () => {
  it('gives the results in the order of the items, whichever is done first', async () => {
    const doubled = await forEachAtOnce(items, async (item) => {
      await wait(item % 3);
      return item * 2;
    });
    expect(doubled).toStrictEqual(items.map((item) => item * 2));
    expect(await forEachAtOnce([], () => Promise.resolve(1))).toStrictEqual([]);
  });

  it('has as many under way as it may and no more, and waits for none before it begins the next', async () => {
    let underWay = 0;
    let most = 0;
    const begun: number[] = [];
    let letGo = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await forEachAtOnce(
      items,
      async (item) => {
        begun.push(item);
        underWay += 1;
        most = Math.max(most, underWay);
        if (item === 19) letGo();
        await (item === 0 ? slow : wait(1));
        underWay -= 1;
      },
      3,
    );
    expect(most).toBe(3);
    expect(begun).toStrictEqual(items);
  });

  it('fails with the first failure, and begins nothing more after it', async () => {
    const begun: number[] = [];
    const failing = forEachAtOnce(
      items,
      async (item) => {
        begun.push(item);
        await wait(1);
        if (item === 2) throw new Error('the third');
      },
      3,
    );
    await expect(failing).rejects.toThrow('the third');
    await wait(20);
    expect(begun.length).toBeLessThan(6);
  });
});
