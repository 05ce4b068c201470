import type { Identity } from '../households/roster-household.ts';
import { maskedName } from '../people/masked-name.ts';

const shownInFront = 6;
const shownBehind = 1;

/**
 * A resident ID as it is shown without a purpose: the address code and the check character, `149901***********X`. The code is that
 * of first registration, which outlives its county and says where, not who; the check character lets a card at hand be compared.
 * The eleven between, birth date and sequence, are what identifies (GB 11643; domain.md section 5). Only an ID of 18 is shown at all.
 */
export const maskedResidentId = (id18: string): string =>
  id18.length === 18
    ? `${id18.slice(0, shownInFront)}${'*'.repeat(18 - shownInFront - shownBehind)}${id18.slice(-shownBehind)}`
    : '*'.repeat(18);

/** An identity with everything hidden that says who it is. */
export const maskedIdentity = ({ name, residentId }: Identity): { name: string; residentId: string | null } => ({
  name: maskedName(name),
  residentId: residentId === null ? null : maskedResidentId(residentId),
});
