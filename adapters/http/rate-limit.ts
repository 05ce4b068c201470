import { isIPv6 } from 'node:net';
import { isPublic } from '../../contracts/access.ts';
import type { OperationId } from '../../contracts/api/routes.ts';
import { type Refusal, refuse } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import {
  judgeRate,
  type RateClass,
  type RateLimit,
  type RateLimits,
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

/** Who was refused and until when (seconds of the epoch): until then the store is not asked again. */
const refusedMemory = () => {
  const largest = 10_000;
  const refused = new Map<string, { inWindow: number; inPart: number; until: number }>();
  return {
    recall: (mark: string, second: number) => {
      const found = refused.get(mark);
      return found !== undefined && second < found.until ? found : undefined;
    },
    remember: (mark: string, count: { inWindow: number; inPart: number }, until: number): void => {
      if (refused.size >= largest) refused.clear();
      refused.set(mark, { ...count, until });
    },
  };
};

const uncounted = { refusal: null, headers: {}, rateClass: null, agency: null, failure: null } as const;

/**
 * Limits the requests of each caller by counters that all instances share. A caller over the limit is refused by the counters, and
 * until the part of the window ends by this instance's own memory, so that a flood costs no writes.
 */
export const createRateLimiter = ({ counter, limits, edgeKey, now }: RateLimiterParts): RateLimiter => {
  const memory = refusedMemory();
  return async (operation, request, claimNames) => {
    const caller = callerIn(operation, request, claimNames);
    if (caller === null) return uncounted;
    const { rateClass, who, agency } = caller;
    const limit = limits[rateClass];
    const policy = { 'ratelimit-policy': policyOf(rateClass, limit) };
    try {
      const moment = rateMoment(limit, now());
      const mark = callerMark(await edgeKey(), [rateClass, who, moment.windowStart]);
      const count = memory.recall(mark, moment.second) ?? (await counter(mark, moment));
      const verdict = judgeRate(limit, moment, count);
      const headers = { ...policy, ratelimit: stateOf(rateClass, verdict) };
      if (verdict.admitted) return { refusal: null, headers, rateClass, agency, failure: null };
      memory.remember(mark, count, moment.second + verdict.retryAfterSeconds);
      const refusal = refuse('too-many-requests', { retryAfterSeconds: verdict.retryAfterSeconds });
      return { refusal, headers, rateClass, agency, failure: null };
    } catch (failure) {
      return { refusal: null, headers: policy, rateClass, agency, failure };
    }
  };
};
