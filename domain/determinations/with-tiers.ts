import type { RosterHousehold } from '../households/roster-household.ts';
import type { Determination } from './determination.ts';

/** The household with the tiers a determination gave it: from now on this is the decision that stands. */
export const withTiers = (
  roster: RosterHousehold,
  { determinationId, tier, memberTiers }: Determination,
): RosterHousehold => ({
  ...roster,
  version: roster.version + 1,
  determinationId,
  household: {
    ...roster.household,
    tier,
    members: roster.household.members.map((member) => ({
      ...member,
      tier: memberTiers.find(({ personId }) => personId === member.personId)?.tier ?? 'NONE',
    })),
  },
});
