import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationResult } from '../../local/lambda/protocol.ts';
import { type Call, callIdOf, callOf, type WireRequest } from './call.ts';
import type { FaultKind } from './fault-kinds.ts';
import { brokenConnection, refusedConnection, refusedWith, type WireAnswer } from './wire.ts';

/** One invocation of a function under way: the calls it makes are told apart by it. */
export interface Invocation {
  readonly function: string;
  /** The how-manieth of its function in this run, from 1. */
  readonly number: number;
  readonly event: string;
  /** Killed or timed out: nothing it still does reaches anybody. */
  dead: boolean;
  readonly calls: Map<string, number>;
  /** Ends the invocation for whoever waits for it, whatever its code still does. */
  readonly abandon: (result: InvocationResult) => void;
}

/** The invocation to which the code running at the moment belongs. */
export const invocationUnderWay = new AsyncLocalStorage<Invocation>();

/** Where a fault strikes, and which. */
export interface Plan {
  readonly strikes: (site: string, invocation: Invocation) => boolean;
  readonly fault: FaultKind;
}

/** At one call, by its name: in the first invocation that makes it, so that a step that is repeated gets through. */
export const atSite = (wanted: string, fault: FaultKind): Plan => {
  let first: Invocation | undefined;
  return {
    fault,
    strikes: (site, invocation) => {
      if (site !== wanted || (first !== undefined && first !== invocation)) return false;
      first = invocation;
      return true;
    },
  };
};

/** Steps over segments of the roster go side by side, so they are told apart by their segment and not by who came first. */
const numberOf = ({ event, number }: Invocation): string => {
  const segment = /"segment":(\d+)/u.exec(event)?.[1];
  return segment === undefined ? `#${number}` : ` of segment ${segment}`;
};

/** At every call of a kind, but only the first time that its invocation's event comes: repeated, it goes through. */
export const atFirstOf = (calls: RegExp, fault: FaultKind): Plan => {
  const struck = new Set<string>();
  return {
    fault,
    strikes: (site, { event }) => {
      if (!calls.test(site) || struck.has(event)) return false;
      struck.add(event);
      return true;
    },
  };
};

export interface Surroundings {
  /** Sends the request on, and sees what it has written. */
  readonly forward: (request: WireRequest) => Promise<WireAnswer>;
  /** Somebody else writes the items this call is about to write. */
  readonly rival: (call: Call) => Promise<void>;
  /** The same event arrives a second time and is worked on to the end. */
  readonly twin: (invocation: Invocation) => Promise<void>;
  /** Keeps a request that outlives its invocation; it is sent when its function has been called again. */
  readonly keepBack: (invocation: Invocation, send: () => Promise<unknown>) => void;
}

export interface Injector {
  readonly handle: (request: WireRequest) => Promise<WireAnswer>;
  /** Begins anew: nothing recorded, and this fault from now on. */
  readonly arm: (plan: Plan | undefined) => void;
  /** Every call that was made, in order, by its name. */
  readonly sites: () => readonly string[];
  /** How often the fault has struck. */
  readonly struck: () => number;
}

const never = (): Promise<never> => new Promise(() => undefined);

const exited = (): InvocationResult => ({
  ok: false,
  error: { errorType: 'Runtime.ExitError', errorMessage: 'Error: Runtime exited with error: signal: killed' },
});
const timedOut = (): InvocationResult => ({
  ok: false,
  error: { errorType: 'Sandbox.Timedout', errorMessage: 'Error: Task timed out' },
});

const kill = (invocation: Invocation, result: InvocationResult): Promise<never> => {
  invocation.dead = true;
  invocation.abandon(result);
  return never();
};

interface Strike {
  readonly request: WireRequest;
  readonly call: Call;
  readonly invocation: Invocation;
  /** The how-manieth attempt of the SDK at this call, from 1. */
  readonly attempt: number;
}

/** What each fault does to a call that is about to be sent. */
const strikes: Readonly<Record<FaultKind, (strike: Strike, surroundings: Surroundings) => Promise<WireAnswer>>> = {
  'fail-before': async () => refusedWith(500, 'InternalServerError'),
  'connection-refused': () => Promise.reject(refusedConnection()),
  'lose-reply-once': async ({ request, attempt }, { forward }) => {
    const answer = await forward(request);
    if (attempt > 1) return answer;
    throw brokenConnection();
  },
  'lose-reply': async ({ request }, { forward }) => {
    await forward(request);
    throw brokenConnection();
  },
  'throttle': async ({ call }) =>
    refusedWith(
      400,
      call.operation.endsWith('Execution') || call.operation.startsWith('SendTask')
        ? 'ThrottlingException'
        : 'ProvisionedThroughputExceededException',
    ),
  'transaction-conflict': async ({ call }) =>
    refusedWith(400, 'TransactionCanceledException', {
      CancellationReasons: (call.body.TransactItems ?? []).map((_, index) => ({
        Code: index === 0 ? 'TransactionConflict' : 'None',
      })),
    }),
  'slow-past-timeout': async ({ request, invocation }, { forward, keepBack }) => {
    keepBack(invocation, () => forward(request));
    return kill(invocation, timedOut());
  },
  'killed-before': ({ invocation }) => kill(invocation, exited()),
  'killed-after': async ({ request, invocation }, { forward }) => {
    await forward(request);
    return kill(invocation, exited());
  },
  'killed-after-and-overtaken': async ({ request, invocation }, { forward }) => {
    await forward(request);
    return kill(invocation, exited());
  },
  'writer-between': async ({ request, call, attempt }, { forward, rival }) => {
    if (attempt === 1) await rival(call);
    return forward(request);
  },
  'twin-between': async ({ request, invocation, attempt }, { forward, twin }) => {
    if (attempt === 1) await twin(invocation);
    return forward(request);
  },
};

/**
 * Stands under the AWS SDK in place of its request handler. It names every call by who makes it, the how-manieth invocation that
 * is, what is asked and the how-manieth time: a name that is the same in every run of the same workflow. A plan says at which
 * call which fault strikes, at every attempt of the SDK at that call.
 */
export const createInjector = (surroundings: Surroundings): Injector => {
  let plan: Plan | undefined;
  let struck = 0;
  let sites: string[] = [];
  const known = new Map<string, { site: string; attempts: number; strikes: boolean }>();

  const siteOf = (invocation: Invocation, { operation, target }: Call): string => {
    const asked = `${operation} ${target}`;
    const times = (invocation.calls.get(asked) ?? 0) + 1;
    invocation.calls.set(asked, times);
    return `${invocation.function}${numberOf(invocation)} ${asked} #${times}`;
  };

  const begin = (id: string, site: string, invocation: Invocation) => {
    const seen = { site, attempts: 0, strikes: plan?.strikes(site, invocation) ?? false };
    sites.push(site);
    known.set(id, seen);
    return seen;
  };

  const handle: Injector['handle'] = async (request) => {
    const invocation = invocationUnderWay.getStore();
    if (invocation === undefined) return surroundings.forward(request);
    if (invocation.dead) return never();
    const call = callOf(request);
    const id = callIdOf(request);
    const seen = known.get(id) ?? begin(id, siteOf(invocation, call), invocation);
    seen.attempts += 1;
    const planned = plan;
    const strikesHere = planned !== undefined && seen.strikes;
    if (strikesHere) struck += 1;
    const answer = strikesHere
      ? await strikes[planned.fault]({ request, call, invocation, attempt: seen.attempts }, surroundings)
      : await surroundings.forward(request);
    return invocation.dead ? never() : answer;
  };

  return {
    handle,
    arm: (next) => {
      plan = next;
      struck = 0;
      sites = [];
      known.clear();
    },
    sites: () => sites,
    struck: () => struck,
  };
};
