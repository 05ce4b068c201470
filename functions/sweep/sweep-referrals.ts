import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { marked } from '../../domain/referrals/referral-moves.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { forEachAtOnce } from '../at-once.ts';
import { type Attempt, inPages, pageSize } from './in-pages.ts';

/** Reminds of and escalates the referrals of counties, by the inboxes that hold any; most hold none. */
export const sweepReferrals = async (
  dependencies: Dependencies,
  counties: readonly DivisionCode[],
  { actor, attempt }: { actor: Change['actor']; attempt: Attempt },
): Promise<void> => {
  const { store, now } = dependencies;
  const at = now();
  const prefectures = [...new Set(counties.map((county) => county.slice(0, 4)))].map((code) =>
    DivisionCode.parse(code),
  );
  const inUse = (await Promise.all(prefectures.map((prefecture) => store.inboxesInUse(prefecture)))).flat();
  const ours = inUse.filter(({ county }) => counties.includes(county));
  await forEachAtOnce(ours, (inbox) =>
    inPages(
      () => store.referralsNeedingAttention(inbox, at, pageSize),
      (referral) => {
        const isLate = referral.due !== null && at >= referral.due.dueAt;
        return attempt(isLate ? 'referralsEscalated' : 'referralsReminded', () =>
          mark(dependencies, referral, isLate, actor),
        );
      },
    ),
  );
};

/** Whoever moved the referral in the same moment was first, and nothing is left to mark: false. */
const mark = async (
  { store, now, newId }: Dependencies,
  referral: Referral,
  isLate: boolean,
  actor: Change['actor'],
): Promise<boolean> => {
  const at = now();
  const { referralId, division, state } = referral;
  const result = await store.commit({
    aggregates: [{ kind: 'referral', value: marked(referral, isLate, at), from: [state] }],
    event: newEvent(isLate ? 'ReferralEscalated' : 'ReferralReminded', at, newId, { referralId }),
    actor,
    division,
  });
  return result.ok;
};
