import { firstOfNextMonth, type LocalDate } from '../dates.ts';
import type { Household } from '../households/household.ts';
import type { Determination } from './determination.ts';

/**
 * A decision that waited for the county, once it has been confirmed. It is decided on that day, not on the day on which it was proposed, and
 * payable from the month after (D57 article 21), so that the months between are paid by what stood. Only where somebody who had a part in
 * what stood has died does it stay payable from where it was: what stood can be paid to nobody any more, and the living are not to
 * wait for theirs.
 */
export const confirmedChange = (
  proposed: Determination,
  { standing, members }: Pick<Household, 'members'> & { readonly standing: Pick<Determination, 'memberTiers'> },
  { by, on }: { readonly by: string; readonly on: LocalDate },
): Determination => {
  const { change, payableFrom } = proposed;
  if (change === undefined)
    throw new Error(`${proposed.determinationId} comes from a review: nobody confirms it twice`);
  const given = new Set(standing.memberTiers.filter(({ tier }) => tier !== 'NONE').map(({ personId }) => personId));
  const isForSurvivors = members.some(({ personId, deceasedOn }) => deceasedOn !== null && given.has(personId));
  return {
    ...proposed,
    version: proposed.version + 1,
    decidedOn: on,
    payableFrom: payableFrom === null || isForSurvivors ? payableFrom : firstOfNextMonth(on),
    confirmedBy: by,
    change: { ...change, state: 'in-force' },
  };
};
