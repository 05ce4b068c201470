import type { LocalDate } from '../dates.ts';
import type { Evaluation } from '../eligibility/evaluation.ts';
import { planFor } from '../eligibility/plan.ts';
import type { Household } from '../households/household.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { compactFormOf } from './compact-form.ts';
import type { Determination } from './determination.ts';
import { fromHex, toHex } from './octets.ts';
import { householdIn, replay, type Whose } from './replay.ts';

type Seen = Pick<Determination, 'seen' | 'householdId' | 'memberTiers'>;

const whose = ({ householdId, memberTiers }: Seen): Whose => ({
  householdId,
  personIds: memberTiers.map(({ personId }) => personId),
});

/** What a decision on a day saw and came to, as a determination keeps it: the compact form, in hexadecimal digits. */
export const seenOn = (household: Household, policy: PolicyPack, date: LocalDate): string =>
  toHex(compactFormOf(household, planFor(policy, date)));

/** The household as a decision saw it: its members, and of each kind of fact the one that counted. */
export const householdSeen = (determination: Seen): Household =>
  householdIn(fromHex(determination.seen), whose(determination));

/** The evaluation behind a determination, made again. Throws `DamagedRecord` when what is stored does not lead to it. */
export const evaluationAgain = (determination: Seen, policy: PolicyPack): Evaluation =>
  replay(fromHex(determination.seen), whose(determination), (version) =>
    version === policy.version ? policy : undefined,
  );
