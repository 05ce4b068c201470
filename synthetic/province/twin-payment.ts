import { fingerprint } from '../../adapters/crypto/fingerprint.ts';
import type { Keyring } from '../../adapters/crypto/keyring.ts';
import { guardKey } from '../../adapters/dynamodb/keys.ts';
import { digest } from '../../adapters/runtime.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { placesIn } from '../../domain/assistance/guard.ts';
import { guardsOf } from '../../domain/assistance/guards.ts';
import { firstDayOf, monthIn, plusMonths } from '../../domain/assistance/period.ts';
import type { LocalDate } from '../../domain/dates.ts';
import { plusDays } from '../../domain/dates.ts';
import { AssistanceEntryId } from '../../domain/ids.ts';
import { Fen } from '../../domain/money.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import type { SyntheticHousehold } from '../households.ts';
import type { Random } from '../random.ts';
import type { Row } from '../roster-rows.ts';
import { momentOn } from '../timeline.ts';

/** Care that two departments have paid for the same months: of these items only one is given (exclusions.yaml). */
const twice = [
  { item: 'disability.nursing-subsidy', department: 'disabled-persons-federation' },
  { item: 'service.elderly-care-subsidy', department: 'civil-affairs' },
] as const;
const monthsPaid = 3;
const monthlyFen = 6_000;

type Entries = readonly [AssistanceEntry, AssistanceEntry];

/**
 * Two entries of the assistance chain that should not stand together, as they are taken over from two departments: the first holds its
 * guards, and the second is flagged and holds none, as the chain records what comes to light.
 */
export const twinPayment = (
  random: Random,
  { roster, decided }: SyntheticHousehold,
  date: LocalDate,
): Entries | null => {
  const { householdId, members } = roster.household;
  const personId = members[0]?.personId;
  if (personId === undefined || decided === null) return null;
  const last = plusMonths(monthIn(date), -1);
  const period = { of: 'months', from: plusMonths(last, 1 - monthsPaid), to: last } as const;
  const paidOn = plusDays(firstDayOf(period) ?? date, random.integer(0, 20));
  const entryOf = ({ item, department }: (typeof twice)[number]): AssistanceEntry => ({
    entryId: AssistanceEntryId.parse(`ace_${digest(`${householdId}|${item}`).slice(0, 32)}`),
    ...{ version: 1, state: 'delivered', householdId, personId, period, item, department },
    division: decided.application.division,
    places: 0,
    flags: ['delivered-unclaimed'],
    registeredAt: momentOn(random, paidOn),
    ...{ claimedAt: null, deliveredAt: paidOn, endedAt: null, endedFor: null, endedAfter: null, event: null },
    persons: [personId],
    guards: [],
    amount: Fen.parse(monthlyFen * monthsPaid),
    deliveredAmount: Fen.parse(monthlyFen * monthsPaid),
  });
  const first = entryOf(twice[0]);
  const guards = [...guardsOf(shanxiPack, first)];
  const second: AssistanceEntry = { ...entryOf(twice[1]), flags: ['delivered-unclaimed', 'duplicate-suspected'] };
  return [{ ...first, guards, places: placesIn(guards) }, second];
};

/** The rows of the guards that an entry holds, as its command would have written them. */
export const guardRows = ({ entryId, guards }: AssistanceEntry, keyring: Keyring): readonly Row[] =>
  guards.map(({ of, span, side, slots }) => ({
    ...guardKey(fingerprint(keyring('fingerprint'), `guard|${of}`), span),
    ...Object.fromEntries(slots.map((slot) => [`${side}.${slot}`, new Set([entryId])])),
  }));
