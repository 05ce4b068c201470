import { describe, expect, it } from 'vitest';
import {
  judgeRate,
  RateLimitSettings,
  rateClasses,
  rateLimitsWith,
  rateMoment,
  usualRateLimits,
} from '../../../domain/access/rate-limits.ts';

const limit = { requests: 10, windowSeconds: 60, burst: 4, burstSeconds: 10 };
const at = (seconds: number) => rateMoment(limit, seconds * 1_000);

describe('the usual limits', () => {
  it.each(rateClasses)('of %s have whole parts, and a burst that is not more than the window', (name) => {
    const { requests, windowSeconds, burst, burstSeconds } = usualRateLimits[name];
    expect(windowSeconds % burstSeconds).toBe(0);
    expect(burst).toBeLessThanOrEqual(requests);
    // A whole window's worth can be used up without ever meeting the burst.
    expect(burst * (windowSeconds / burstSeconds)).toBeGreaterThanOrEqual(requests);
  });
});

describe('a moment', () => {
  it('lies in a window aligned to the epoch, and in a part of it', () => {
    expect(at(119)).toEqual({ second: 119, windowStart: 60, part: 5 });
    expect(at(120)).toEqual({ second: 120, windowStart: 120, part: 0 });
    expect(at(129.999)).toEqual({ second: 129, windowStart: 120, part: 0 });
    expect(at(130)).toEqual({ second: 130, windowStart: 120, part: 1 });
  });
});

describe('a request', () => {
  it('is admitted up to the limit of the window and of its part, and is told what remains', () => {
    expect(judgeRate(limit, at(125), { inWindow: 10, inPart: 4 })).toEqual({
      admitted: true,
      window: { remaining: 0, resetSeconds: 55 },
      burst: { remaining: 0, resetSeconds: 5 },
      retryAfterSeconds: 0,
    });
  });

  it.each([
    ['the burst', { inWindow: 5, inPart: 5 }, 5],
    ['the window', { inWindow: 11, inPart: 1 }, 55],
    ['both', { inWindow: 11, inPart: 5 }, 55],
  ])('over %s is refused until that begins anew', (_, count, retryAfterSeconds) => {
    expect(judgeRate(limit, at(125), count)).toMatchObject({ admitted: false, retryAfterSeconds });
  });

  it('is never told to come back at once, nor that less than nothing remains', () => {
    const verdict = judgeRate(limit, at(179.9), { inWindow: 99, inPart: 99 });
    expect(verdict).toMatchObject({ retryAfterSeconds: 1, window: { remaining: 0 }, burst: { remaining: 0 } });
  });
});

describe('the settings of a deployment', () => {
  it('change what they name, and keep the burst within the window', () => {
    const limits = rateLimitsWith({ agency: { requests: 40 }, officer: { burst: 7 } });
    expect(limits.agency).toEqual({ requests: 40, windowSeconds: 60, burst: 40, burstSeconds: 10 });
    expect(limits.officer).toEqual({ ...usualRateLimits.officer, burst: 7 });
    expect(limits['public-writing']).toEqual(usualRateLimits['public-writing']);
  });

  it.each([
    { agency: { requests: 0 } },
    { agency: { requests: 1.5 } },
    { agency: { requests: 5, burst: 6 } },
    { agency: { windowSeconds: 1 } },
    { nobody: { requests: 5 } },
  ])('are refused when they make no sense: %j', (settings) => {
    expect(RateLimitSettings.safeParse(settings).success).toBe(false);
  });
});
