import type { ReferralView } from '../../contracts/api/referrals.ts';
import type { Conduct, Step } from './conduct.ts';
import type { Effects } from './effects.ts';
import { type ReceivedWebhook, verifyWebhook } from './verify-webhook.ts';

/** What the API said to a step. */
export interface Said {
  readonly status: number;
  readonly referral: ReferralView | null;
}

/** The API as one department sees it, with the department's own token. */
export interface DepartmentApi {
  /** Everything that lies open in the inbox. */
  readonly inbox: () => Promise<readonly ReferralView[]>;
  readonly read: (referralId: string) => Promise<ReferralView | null>;
  readonly send: (step: Step, referralId: string, key: string) => Promise<Said>;
  /** Today in China, by the clock of the instance. */
  readonly today: () => Promise<string>;
}

/** What happened at the stand-ins of a run, all departments together. */
export const emptyCounts = () => ({
  accepted: 0,
  returned: 0,
  reported: 0,
  /** Answers to what was sent a second time, or in the wrong order, that named the state that stands (409). */
  refusedAsLate: 0,
  /** Wrong bodies, and those of them that were not refused. */
  wrong: 0,
  wrongTaken: 0,
  unexpected: 0,
  calls: 0,
  callsTaken: 0,
  callsDropped: 0,
  callsForged: 0,
});
export type Counts = ReturnType<typeof emptyCounts>;

/** A referral a stand-in has to do with, as it stood last. */
interface Case {
  referral: ReferralView;
  seen: number;
  /** How often it was acted on: a report after one that was not confirmed is another request, with a key of its own. */
  turn: number;
}

interface Parts {
  readonly department: string;
  readonly api: DepartmentApi;
  readonly conduct: Conduct;
  readonly effects: Effects;
  readonly counts: Counts;
}

const counted = { acceptReferral: 'accepted', returnReferral: 'returned', reportOutcome: 'reported' } as const;
const isGranted = (status: number): boolean => status >= 200 && status < 300;

/** Plays one department: looks into its inbox, is called, and answers as its conduct says. */
export const standIn = ({ department, api, conduct, effects, counts }: Parts) => {
  const cases = new Map<string, Case>();
  const callsOf = new Map<string, number>();
  const taken = new Set<string>();
  let secrets: readonly string[] = [];

  const tell = (step: Step, { status }: Said): void => {
    if (step.operation === 'reportOutcome' && step.wrong === true) {
      counts.wrong += 1;
      if (isGranted(status)) counts.wrongTaken += 1;
      else if (status !== 400) counts.unexpected += 1;
    } else if (isGranted(status)) counts[counted[step.operation]] += 1;
    // Closed, withdrawn, or another's by now: it came too late.
    else if (status === 409 || status === 404) counts.refusedAsLate += 1;
    else counts.unexpected += 1;
  };

  const attend = async (referral: ReferralView): Promise<void> => {
    const { referralId, state } = referral;
    const known = cases.get(referralId);
    const isSame = known?.referral.state === state && known.referral.sentAt === referral.sentAt;
    const seen = isSame ? known.seen : 0;
    const { steps, effect } = conduct.plan(referral, seen, await api.today());
    const turn = (known?.turn ?? 0) + Number(steps.length > 0);
    cases.set(referralId, { referral, seen: seen + 1, turn });
    // A department gives before it reports, and once: what it has done it does not do again because an answer was lost.
    if (effect !== null) effects.give(referral);
    for (const [index, step] of steps.entries()) {
      const body = step.operation === 'reportOutcome' && step.wrong === true ? 'wrong' : 'right';
      const said = await api.send(step, referralId, `${department}-${referralId}-${turn}-${index}-${body}`);
      tell(step, said);
      if (said.referral !== null) cases.set(referralId, { referral: said.referral, seen: 0, turn });
    }
  };

  return {
    /** Looks through the inbox once. */
    round: async (): Promise<void> => {
      for (const referral of await api.inbox()) await attend(referral);
    },
    useSecrets: (next: readonly string[]): void => {
      secrets = next;
    },
    /** A call of the platform has come: how the server behaves. What it takes for the first time it sees to at once. */
    receive: async (call: Omit<ReceivedWebhook, 'secrets'>, id: string, referralId: string) => {
      counts.calls += 1;
      if (verifyWebhook({ ...call, secrets }) !== 'genuine') {
        counts.callsForged += 1;
        return 'refuses' as const;
      }
      const attempt = (callsOf.get(id) ?? 0) + 1;
      callsOf.set(id, attempt);
      const does = conduct.onWebhook(id, attempt);
      // Who times out or resets may have understood nonetheless: only the answer is lost.
      if (does === 'answers-5xx') return does;
      if (taken.has(id)) counts.callsDropped += 1;
      else {
        taken.add(id);
        counts.callsTaken += 1;
        const referral = await api.read(referralId);
        if (referral !== null) await attend(referral);
      }
      return does;
    },
    /** What it has seen and has still to answer. */
    open: async (): Promise<number> => (await api.inbox()).filter(({ state }) => isToDo(state)).length,
    seen: (): number => cases.size,
  };
};
export type StandIn = ReturnType<typeof standIn>;

const isToDo = (state: ReferralView['state']): boolean => state === 'sent' || state === 'accepted';
