import type { AssistanceEntry } from '../assistance/assistance-entry.ts';
import { mostGuards, placesIn } from '../assistance/guard.ts';
import { guardsOf } from '../assistance/guards.ts';
import type { Month } from '../assistance/period.ts';
import { versionsInForce } from '../catalogue/catalogue.ts';
import { dateInChina, type Instant } from '../dates.ts';
import { type Household, livingMembers } from '../households/household.ts';
import type { AssistanceEntryId } from '../ids.ts';
import { assistanceEntryLifecycle } from '../lifecycles/assistance-entry.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { DueLine } from './due-lines.ts';

/** What a line becomes in the assistance chain, and when. */
export interface Paying {
  readonly entryId: AssistanceEntryId;
  readonly line: DueLine;
  readonly household: Household;
  readonly month: Month;
  readonly at: Instant;
}

/**
 * The entry of the assistance chain that is written together with the release of a line, and takes the same guards as a claim of
 * the item for the month: so that it cannot be given a second time, by whomever. Undefined when it cannot be entered: the item is
 * not a monthly one of the catalogue in force, nobody has a part in it, or its guards are too many for one command.
 */
export const chainEntryOf = (
  policy: PolicyPack,
  { entryId, line, household, month, at }: Paying,
): AssistanceEntry | undefined => {
  const day = dateInChina(at);
  const item = versionsInForce(policy.catalogue, ({ code }) => code, day).find(({ code }) => code === line.item);
  const living = livingMembers(household).map(({ personId }) => personId);
  const persons = line.persons.filter((personId) => living.includes(personId));
  if (item === undefined || item.period !== 'month' || persons.length === 0) return undefined;
  const period = { of: 'months' as const, from: month, to: month };
  const { householdId } = household;
  const subject = { householdId, personId: line.personId, persons, item: item.code, period, event: null };
  const guards = [...guardsOf(policy, { ...subject, registeredAt: at })];
  if (guards.length > mostGuards) return undefined;
  return {
    ...subject,
    entryId,
    version: 1,
    state: assistanceEntryLifecycle.deliver.to,
    division: household.residenceDivision,
    places: placesIn(guards),
    guards,
    flags: [],
    department: item.leadDepartment,
    registeredAt: at,
    claimedAt: at,
    deliveredAt: day,
    endedAt: null,
    endedFor: null,
    endedAfter: null,
    amount: line.amount,
    deliveredAmount: line.amount,
  };
};
