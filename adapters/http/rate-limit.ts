import { isIPv6 } from 'node:net';
import { isPublic } from '../../contracts/access.ts';
import type { OperationId } from '../../contracts/api/routes.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import {
  judgeRate,
  nextTake,
  type RateClass,
  type RateCount,
  type RateLimit,
  type RateLimits,
  type RateMoment,
  type RateVerdict,
  rateMoment,
} from '../../domain/access/rate-limits.ts';
import type { RateCounter } from '../dynamodb/rate-counter.ts';
import { type ClaimNames, principalOf } from './caller.ts';
import type { ApiRequest } from './gateway-event.ts';
import { callerMark } from './sealed-text.ts';

/** What a limit says to a request: perhaps a refusal, and headers for the answer, whatever that will be. */
export interface RateDecision {
  readonly refusal: Refusal | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a caller that is limited; null where nobody is known to count for. */
  readonly rateClass: RateClass | null;
  /** The agency, to be named in the log when it is refused. */
  readonly agency: string | null;
  /** Why the request was admitted uncounted. */
  readonly failure: unknown;
}
/**
 * Never throws: what cannot be counted is admitted (docs/decisions/0018). The operation is null at a path that is no operation's.
 */
export type RateLimiter = (
  operation: OperationId | null,
  request: ApiRequest,
  claimNames: ClaimNames,
) => Promise<RateDecision>;

export interface RateLimiterParts {
  readonly counter: RateCounter;
  readonly limits: RateLimits;
  /** The key of the edge, from which the marks of callers are made. */
  readonly edgeKey: () => Promise<Uint8Array>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Counted {
  readonly rateClass: RateClass;
  readonly who: string;
  readonly agency: string | null;
}

/** The first four groups of an IPv6 address: a household is given 2^64 of the rest. */
const networkOf = (address: string): string => {
  // An IPv4 address, also one in the clothes of the other kind (::ffff:192.0.2.1).
  if (!isIPv6(address) || address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array.from({ length: zeros }, () => '0'), ...back].slice(0, 4).join(':').toLowerCase();
};

const publicCaller = ({ requestContext: { http } }: ApiRequest): Counted => ({
  rateClass: http.method === 'GET' ? 'public-reading' : 'public-writing',
  // As the gateway saw the connection; what a caller writes into X-Forwarded-For is not looked at.
  who: networkOf(http.sourceIp),
  agency: null,
});

const knownCaller = ({ subject, agency }: Principal): Counted =>
  agency === null ? { rateClass: 'officer', who: subject, agency } : { rateClass: 'agency', who: agency, agency };

/** Whoever has no claims to be known by is refused before anything is asked of the store, and is not counted. */
const callerIn = (operation: OperationId | null, request: ApiRequest, claimNames: ClaimNames): Counted | null => {
  if (operation === null || isPublic(operation)) return publicCaller(request);
  const caller = principalOf(request.requestContext, claimNames);
  return caller.ok ? knownCaller(caller.principal) : null;
};

/** `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-10: a list of quoted names with quota and window in seconds. */
const policyOf = (name: RateClass, { requests, windowSeconds, burst, burstSeconds }: RateLimit): string =>
  `"${name}";q=${requests};w=${windowSeconds}, "${name}-burst";q=${burst};w=${burstSeconds}`;

/** `RateLimit` of the same draft: what remains of each policy, and the seconds until it is whole again. */
const stateOf = (name: RateClass, { window, burst }: RateVerdict): string =>
  `"${name}";r=${window.remaining};t=${window.resetSeconds}, "${name}-burst";r=${burst.remaining};t=${burst.resetSeconds}`;

/** What an instance knows of a caller in a part of a window. */
interface Known {
  readonly part: number;
  /** Of the last asking of the store: how many were counted at once, and the counts with the last of them. */
  readonly taken: number;
  readonly count: RateCount;
  /** Requests that are counted and have not come yet, the next one first. */
  readonly ahead: RateCount[];
  /** A refused caller's second of the epoch until which the store is not asked again. */
  readonly refusedUntil: number | null;
}

/** The counts of each of so many requests, the last of which has these. */
const countsUpTo = ({ inWindow, inPart }: RateCount, taken: number): RateCount[] =>
  Array.from({ length: taken }, (_, index) => {
    const later = taken - 1 - index;
    return { inWindow: inWindow - later, inPart: inPart - later };
  });

/** Callers by mark. A mark is of one window, so what is forgotten of it is at most what was counted ahead in one. */
const callerMemory = () => {
  const largest = 10_000;
  const callers = new Map<string, Known>();
  return {
    /** What is known of a caller in this part of the window; of another part nothing counts. */
    recall: (mark: string, { part, second }: RateMoment): Known | null => {
      const known = callers.get(mark);
      if (known === undefined) return null;
      const isRefused = known.refusedUntil !== null && second < known.refusedUntil;
      return isRefused || (known.refusedUntil === null && known.part === part) ? known : null;
    },
    remember: (mark: string, known: Known): void => {
      if (callers.size >= largest && !callers.has(mark)) callers.clear();
      callers.set(mark, known);
    },
  };
};

const uncounted = { refusal: null, headers: {}, rateClass: null, agency: null, failure: null } as const;

/**
 * Limits the requests of each caller by counters that all instances share. An instance that is busy with a caller has some requests
 * counted ahead, so that not each of them costs a write; they have places of their own in the count, so that nobody gets more
 * than the limit. A caller over it is refused by the counters, and until that ends by this instance's own memory, so that a flood
 * costs no writes.
 */
export const createRateLimiter = ({ counter, limits, edgeKey, now }: RateLimiterParts): RateLimiter => {
  const memory = callerMemory();

  const countOf = async (mark: string, limit: RateLimit, moment: RateMoment): Promise<RateCount> => {
    const known = memory.recall(mark, moment);
    if (known !== null && known.refusedUntil !== null) return known.count;
    const next = known?.ahead.shift();
    if (next !== undefined) return next;
    const taken = nextTake(limit, known);
    const count = await counter(mark, moment, taken);
    const [first = count, ...ahead] = countsUpTo(count, taken);
    // Others of this caller may have asked meanwhile: what they took ahead stays.
    const others = memory.recall(mark, moment)?.ahead ?? [];
    memory.remember(mark, { part: moment.part, taken, count, ahead: [...others, ...ahead], refusedUntil: null });
    return first;
  };

  return async (operation, request, claimNames) => {
    const caller = callerIn(operation, request, claimNames);
    if (caller === null) return uncounted;
    const { rateClass, who, agency } = caller;
    const limit = limits[rateClass];
    const policy = { 'ratelimit-policy': policyOf(rateClass, limit) };
    try {
      const moment = rateMoment(limit, now());
      const mark = callerMark(await edgeKey(), [rateClass, who, moment.windowStart]);
      const count = await countOf(mark, limit, moment);
      const verdict = judgeRate(limit, moment, count);
      const headers = { ...policy, ratelimit: stateOf(rateClass, verdict) };
      if (verdict.admitted) return { refusal: null, headers, rateClass, agency, failure: null };
      const refusedUntil = moment.second + verdict.retryAfterSeconds;
      memory.remember(mark, { part: moment.part, taken: 1, count, ahead: [], refusedUntil });
      const refusal = refuse('too-many-requests', { retryAfterSeconds: verdict.retryAfterSeconds });
      return { refusal, headers, rateClass, agency, failure: null };
    } catch (failure) {
      return { refusal: null, headers: policy, rateClass, agency, failure };
    }
  };
};
