import type { FoundDouble } from '../../domain/missed-needs/doubles.ts';
import type { Seen } from '../../domain/missed-needs/missed-need.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { registeredMember } from '../registered-member.ts';
import { askedAbout, asSeen, type Opening, opened } from '../scan-segment/open-missed-need.ts';

/**
 * What became of a possible double registration: its task is there, or was opened now. Two people who were found to be two are not asked
 * about again. Who was found to be one is, when a month later both are still registered. Undefined where somebody of the two has gone from
 * the roster since the segments were read.
 */
export const seenDouble = async (opening: Opening, double: FoundDouble): Promise<Seen | undefined> => {
  const { dependencies } = opening;
  const { need, task } = await askedAbout(
    opening,
    (number) => ({ ...double, number }),
    (taskId) => dependencies.store.task(taskId),
  );
  if (task !== undefined) return asSeen(task, opening);
  return (await areBothRegistered(dependencies, double)) ? opened(opening, need) : undefined;
};

/** The record that is asked about lives; the other may say that the person has died. */
const areBothRegistered = async (
  dependencies: Pick<ScanDependencies, 'store'>,
  { householdId, alike }: FoundDouble,
): Promise<boolean> => {
  const [own, other] = await Promise.all([
    registeredMember(dependencies, { householdId, personId: alike.personId }),
    registeredMember(dependencies, { householdId: alike.householdId, personId: alike.otherPersonId }),
  ]);
  return own?.deceasedOn === null && other !== undefined;
};
