import { createHash } from 'node:crypto';
import type { ReferralView } from '../../contracts/api/referrals.ts';

/** What a stand-in's server does with a call of the platform, in parts of a hundred: the rest is taken. */
const webhookFaults = { 'answers-5xx': 30, 'times-out': 10, 'resets': 5 } as const;
export type WebhookConduct = keyof typeof webhookFaults | 'takes';

/** One thing a stand-in asks of the API. A `wrong` body is one the API has to refuse, before the right one is sent. */
export type Step =
  | { readonly operation: 'acceptReferral' }
  | { readonly operation: 'returnReferral'; readonly body: { readonly reason: string } }
  | { readonly operation: 'reportOutcome'; readonly body: unknown; readonly wrong?: true };

/** What came of a need, for the report of it; only what was delivered has an effect. */
interface Outcome {
  readonly kind: 'delivered' | 'already-provided' | 'declined-by-household' | 'not-eligible';
  readonly amount: number | null;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** What is done for the household before it is reported; null when nothing is. */
  readonly effect: Outcome | null;
}

const reasons = ['not-our-department', 'not-our-area', 'person-not-found', 'information-missing', 'no-capacity'];
const nothing: Plan = { steps: [], effect: null };
/** Bodies the API has to refuse: a sign, a unit, a word, a field that are wrong. */
const wrongBodies = [
  { kind: 'delivered', amount: -1, on: '2026-01-01', evidence: 'file 1' },
  { kind: 'delivered', amount: 1e15, on: '2026-01-01', evidence: 'file 1' },
  { kind: 'given', amount: 100, on: '2026-01-01', evidence: 'file 1' },
  { kind: 'not-eligible', amount: 100, on: '2026-01-01', evidence: 'file 1' },
  { kind: 'delivered', amount: 100, on: '2026-02-30', evidence: 'file 1' },
  { kind: 'delivered', amount: 100, on: '2026-01-01', evidence: 'file 1', closed: true },
  { outcome: 'done' },
];

/**
 * How stand-in agencies behave, by a seed: whatever the order in which things happen, the same referral meets the same conduct, so
 * that what went wrong once goes wrong again.
 */
export const conductBy = (seed: number) => {
  /** A whole number below `sides`, the same for the same words. */
  const die = (sides: number, ...words: readonly (string | number)[]): number =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...words]))
      .digest()
      .readUInt32BE() % sides;
  const pick = <Item>(items: readonly Item[], ...words: readonly (string | number)[]): Item | undefined =>
    items[die(items.length, ...words)];

  const outcomeOf = (referralId: string): Outcome => {
    const face = die(100, 'outcome', referralId);
    if (face < 80) return { kind: 'delivered', amount: 1_000 + die(500_000, 'amount', referralId) };
    const kind = face < 87 ? 'already-provided' : face < 94 ? 'declined-by-household' : 'not-eligible';
    return { kind, amount: null };
  };

  /** Of the same referral to the same department, told apart by how often it came. */
  const visitOf = ({ referralId, department, returns }: ReferralView): readonly (string | number)[] => [
    referralId,
    department,
    returns.length,
  ];

  const report = (referral: ReferralView, today: string): Plan => {
    const { referralId } = referral;
    const outcome = outcomeOf(referralId);
    const right: Step = {
      operation: 'reportOutcome',
      body: { ...outcome, on: today, evidence: `file ${referralId.slice(-6)}` },
    };
    const wrong: Step = {
      operation: 'reportOutcome',
      body: pick(wrongBodies, 'body', referralId),
      wrong: true,
    };
    const isWrongFirst = die(100, 'wrong', referralId) < 10;
    const isTwice = die(100, 'twice', referralId) < 20;
    // Out of order: what was reported is accepted, and reported again, as by a queue that has lost its order.
    const isLate = die(100, 'late', referralId) < 10;
    return {
      steps: [
        ...(isWrongFirst ? [wrong] : []),
        right,
        ...(isTwice ? [right] : []),
        ...(isLate ? [{ operation: 'acceptReferral' } as const, right] : []),
      ],
      effect: outcome.kind === 'delivered' ? outcome : null,
    };
  };

  /** Of a referral that is new on the desk: it is given back, reported at once, or accepted, some of it twice. */
  const answer = (referral: ReferralView, visit: readonly (string | number)[], today: string): Plan => {
    const face = die(100, 'answer', ...visit);
    // An outcome without an acceptance accepts by that.
    if (face >= 15 && face < 25) return report(referral, today);
    const reason = pick(reasons, 'reason', ...visit) ?? 'no-capacity';
    const step: Step = face < 15 ? { operation: 'returnReferral', body: { reason } } : { operation: 'acceptReferral' };
    const isTwice = face < 4 || (face >= 25 && face < 40);
    return { steps: isTwice ? [step, step] : [step], effect: null };
  };

  /** How often it is looked at and left lying first: most are seen to at once, some so late that they are escalated. */
  const delayOf = (state: 'sent' | 'accepted', visit: readonly (string | number)[]): number => {
    const face = die(100, state, ...visit);
    if (face < 60) return 0;
    if (state === 'sent') return face < 85 ? 1 : 6;
    return face < 90 ? 2 : 30;
  };

  /** What a department does with a referral that it finds on its desk for the `seen`-th time in this state, from 0. */
  const plan = (referral: ReferralView, seen: number, today: string): Plan => {
    const { state } = referral;
    const visit = visitOf(referral);
    if ((state !== 'sent' && state !== 'accepted') || seen < delayOf(state, visit)) return nothing;
    return state === 'sent' ? answer(referral, visit, today) : report(referral, today);
  };

  const onWebhook = (id: string, attempt: number): WebhookConduct => {
    let face = die(100, 'webhook', id, attempt);
    for (const [conduct, share] of Object.entries(webhookFaults)) {
      if (face < share && isFault(conduct)) return conduct;
      face -= share;
    }
    return 'takes';
  };
  return { plan, onWebhook };
};
export type Conduct = ReturnType<typeof conductBy>;

const isFault = (word: string): word is keyof typeof webhookFaults => Object.hasOwn(webhookFaults, word);
