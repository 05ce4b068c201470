import { z } from 'zod';

/** Who shares a limit: an agency's client, an officer, or a source address of the public, which reads more than it writes. */
export const rateClasses = ['agency', 'officer', 'public-reading', 'public-writing'] as const;
export type RateClass = (typeof rateClasses)[number];

const highest = 1_000_000;
const requests = z.int().min(1).max(highest);

/** What one caller of a class may ask for: so many requests in each window, and so many of them in each part of it. */
export interface RateLimit {
  /** Requests in a window. */
  readonly requests: number;
  readonly windowSeconds: number;
  /** Requests in a part of the window, so that a whole window's worth does not come at once. */
  readonly burst: number;
  readonly burstSeconds: number;
}
export type RateLimits = Readonly<Record<RateClass, RateLimit>>;

/**
 * The limits of a deployment that sets none. Nobody has laid them down: they are assumptions, and configuration. An agency's batch
 * of 600 a minute is a county's whole roster in an afternoon; an officer's page asks a dozen times; many families share the one
 * address of a mobile network, so the public's limits are for a crowd; an objection is written once.
 */
export const usualRateLimits: RateLimits = {
  'agency': { requests: 600, windowSeconds: 60, burst: 150, burstSeconds: 10 },
  'officer': { requests: 300, windowSeconds: 60, burst: 100, burstSeconds: 10 },
  'public-reading': { requests: 600, windowSeconds: 60, burst: 200, burstSeconds: 10 },
  'public-writing': { requests: 60, windowSeconds: 600, burst: 20, burstSeconds: 60 },
};

/** What a deployment may set for a class: the counts. The windows belong to the form of the counter. */
const Setting = z
  .strictObject({ requests, burst: requests })
  .partial()
  .refine(({ requests: whole, burst }) => whole === undefined || burst === undefined || burst <= whole, {
    error: 'burst must not be more than requests',
    path: ['burst'],
  });
/** The limits that a deployment sets, by class; what it leaves out is as usual. */
export const RateLimitSettings = z.partialRecord(z.enum(rateClasses), Setting);
export type RateLimitSettings = z.infer<typeof RateLimitSettings>;

/** The limits in force under the settings of a deployment. A burst is never more than the requests of its window. */
export const rateLimitsWith = (settings: RateLimitSettings): RateLimits => {
  const inForce = (name: RateClass): RateLimit => {
    const usual = usualRateLimits[name];
    const whole = settings[name]?.requests ?? usual.requests;
    return { ...usual, requests: whole, burst: Math.min(settings[name]?.burst ?? usual.burst, whole) };
  };
  return {
    'agency': inForce('agency'),
    'officer': inForce('officer'),
    'public-reading': inForce('public-reading'),
    'public-writing': inForce('public-writing'),
  };
};

/** Where a moment lies: its window, by the second of the epoch at which that begins, and the part of the window. */
export interface RateMoment {
  readonly second: number;
  readonly windowStart: number;
  readonly part: number;
}

/** The window and its part in which a moment (milliseconds since the epoch) lies. Windows are aligned to the epoch. */
export const rateMoment = ({ windowSeconds, burstSeconds }: RateLimit, atMilliseconds: number): RateMoment => {
  const second = Math.floor(atMilliseconds / 1_000);
  const within = second % windowSeconds;
  return { second, windowStart: second - within, part: Math.floor(within / burstSeconds) };
};

/** Requests of a caller that were counted, this one included. */
export interface RateCount {
  readonly inWindow: number;
  readonly inPart: number;
}

interface Allowance {
  /** Requests left, never below nothing. */
  readonly remaining: number;
  /** Seconds until it is whole again, at least 1. */
  readonly resetSeconds: number;
}
export interface RateVerdict {
  readonly admitted: boolean;
  readonly window: Allowance;
  readonly burst: Allowance;
  /** Seconds after which a request may be admitted again; nothing when this one is. */
  readonly retryAfterSeconds: number;
}

/** Whether the request that was counted last is within the limit, and what is left. */
export const judgeRate = (limit: RateLimit, moment: RateMoment, count: RateCount): RateVerdict => {
  const { windowStart, part, second } = moment;
  const window = {
    remaining: Math.max(0, limit.requests - count.inWindow),
    resetSeconds: windowStart + limit.windowSeconds - second,
  };
  const burst = {
    remaining: Math.max(0, limit.burst - count.inPart),
    resetSeconds: windowStart + (part + 1) * limit.burstSeconds - second,
  };
  const waits = [
    ...(count.inWindow > limit.requests ? [window.resetSeconds] : []),
    ...(count.inPart > limit.burst ? [burst.resetSeconds] : []),
  ];
  return { admitted: waits.length === 0, window, burst, retryAfterSeconds: Math.max(0, ...waits) };
};

/** What one instance takes at once at the most. */
const largestTake = 8;
/** A take is at most this part of what is left, so that little is lost with an instance that does not use it. */
const shareOfRest = 16;

/**
 * How many requests an instance has counted at once, the present one and some of those that follow: twice what it took before, as
 * long as plenty is left, and one by one where a limit is near. Before it has taken anything in a part of a window it takes one.
 */
export const nextTake = (
  limit: RateLimit,
  before: { readonly taken: number; readonly count: RateCount } | null,
): number => {
  if (before === null) return 1;
  const left = Math.min(limit.requests - before.count.inWindow, limit.burst - before.count.inPart);
  return Math.max(1, Math.min(before.taken * 2, largestTake, Math.floor(left / shareOfRest)));
};
