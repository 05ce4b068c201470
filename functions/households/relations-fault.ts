import { areRelationsOf, type Relations } from '../../domain/households/apply-change.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';

/** All relations are to the applicant: when that is who goes, and somebody stays, another has to be one, and they are told anew. */
export const relationsFault = (
  going: readonly HouseholdMember[],
  staying: readonly HouseholdMember[],
  told: Relations | undefined,
): 'change.applicant' | 'change.relations' | null => {
  const needed = going.some(({ relation }) => relation === 'applicant') && staying.length > 0;
  if (told === undefined) return needed ? 'change.applicant' : null;
  return needed && areRelationsOf(staying, told) ? null : 'change.relations';
};
