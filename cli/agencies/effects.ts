import type { ReferralView } from '../../contracts/api/referrals.ts';

/** What stand-in agencies did, and for whom: held beside the platform's own records, so that what was done twice shows. */
export interface Effects {
  /** Notes that a department gives what a referral asks for. Noted again for the same referral it is the same deed. */
  readonly give: (referral: ReferralView) => void;
  readonly count: () => number;
  /** Needs that were met more than once, under whatever referrals. */
  readonly doubled: () => readonly string[];
}

/** A need is an item for a household or a member, by the decision that opened it. */
const needOf = ({ determinationId, personId, householdId, item }: ReferralView): string =>
  [determinationId, personId ?? householdId, item].join(' ');

export const openEffects = (): Effects => {
  const deeds = new Map<string, Set<string>>();
  return {
    give: (referral) => {
      const need = needOf(referral);
      const done = deeds.get(need) ?? new Set<string>();
      deeds.set(need, done.add(`${referral.referralId} ${referral.department}`));
    },
    count: () => [...deeds.values()].reduce((sum, done) => sum + done.size, 0),
    doubled: () => [...deeds].filter(([, done]) => done.size > 1).map(([need]) => need),
  };
};
