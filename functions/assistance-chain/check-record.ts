import type { AssistanceClaimBody } from '../../contracts/api/assistance-chain.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { AssistanceEntry } from '../../domain/assistance/assistance-entry.ts';
import { mostGuards, placesIn } from '../../domain/assistance/guard.ts';
import { exclusionsFor, guardsOf } from '../../domain/assistance/guards.ts';
import {
  firstDayOf,
  lastDayOf,
  monthCount,
  monthIn,
  mostMonths,
  periodKindOf,
  plusMonths,
} from '../../domain/assistance/period.ts';
import { type CatalogueItem, versionsInForce } from '../../domain/catalogue/catalogue.ts';
import { dateInChina, type Instant, LocalDate } from '../../domain/dates.ts';
import { livingMembers } from '../../domain/households/household.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { AssistanceEntryId, type PersonId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { departmentOf } from './own-department.ts';

/** What an entry is made from. */
export interface Recording {
  readonly principal: Principal;
  readonly body: AssistanceClaimBody;
  readonly roster: RosterHousehold;
  readonly policy: PolicyPack;
  readonly at: Instant;
  readonly id: string;
}

const periodFaults = ({ body, policy, at }: Recording, item: CatalogueItem): FieldRefusal[] => {
  const { period } = body;
  const expected = periodKindOf[item.period];
  const field = '/period';
  if (period.of !== expected) return [{ field, code: fault('assistance.period-kind'), values: { expected } }];
  if (period.of === 'months') {
    const months = monthCount(period.from, period.to);
    if (months < 1 || months > mostMonths)
      return [{ field, code: fault('assistance.period-order'), values: { maximum: mostMonths } }];
  }
  const latest = lastDayOf({ of: 'months', ...nextYear(at) }) ?? policy.coversFrom;
  const [first, last] = [firstDayOf(period), lastDayOf(period)];
  const isBeyond = (first !== null && first < policy.coversFrom.slice(0, 4)) || (last !== null && last > latest);
  const values = { earliest: policy.coversFrom.slice(0, 4), latest };
  return isBeyond ? [{ field, code: fault('assistance.period-beyond'), values }] : [];
};

/** Nothing is recorded for after the end of next year [assumption: nothing is decided for longer]. */
const nextYear = (at: Instant) => {
  const december = plusMonths(monthIn(LocalDate.parse(`${dateInChina(at).slice(0, 4)}-12-01`)), mostMonths);
  return { from: december, to: december };
};

const eventFaults = ({ body, policy, at }: Recording, item: CatalogueItem): FieldRefusal[] => {
  const exclusions = exclusionsFor(policy, { item: item.code, period: body.period }, dateInChina(at));
  const needed = item.period === 'per-event' || exclusions.some(({ scope }) => scope === 'event');
  if (needed === (body.event !== null)) return [];
  return [{ field: '/event', code: fault(needed ? 'assistance.event-missing' : 'assistance.event-unexpected') }];
};

/** The members who have a part in the item: the person, those who are named, or everybody of the household who lives. */
const personsOf = ({ body: { personId, persons }, roster: { household } }: Recording): readonly PersonId[] => {
  const living = livingMembers(household).map((member) => member.personId);
  return personId === null ? (persons ?? living) : [personId];
};

const subjectFaults = (recording: Recording, item: CatalogueItem): FieldRefusal[] => {
  const { body, roster } = recording;
  const isPersons = body.personId !== null;
  if (isPersons !== (item.subject === 'person') || (isPersons && body.persons !== undefined))
    return [{ field: '/personId', code: fault('assistance.subject') }];
  if (isPersons) return [];
  const persons = personsOf(recording);
  const living = livingMembers(roster.household);
  const areMembers = persons.every((personId) => living.some((member) => member.personId === personId));
  const isSound = areMembers && persons.length > 0 && new Set(persons).size === persons.length;
  return isSound ? [] : [{ field: '/persons', code: fault('assistance.not-a-member') }];
};

/** Of an amount under an item: whether there can be one. */
export const amountFaults = (item: CatalogueItem | undefined, amount: number | null): FieldRefusal[] =>
  item?.amount.rule === 'in-kind' && amount !== null
    ? [{ field: '/amount', code: fault('assistance.amount-in-kind') }]
    : [];

/** The item of that code in the catalogue in force. */
export const itemInForce = (policy: PolicyPack, code: string, at: Instant): CatalogueItem | undefined =>
  versionsInForce(policy.catalogue, (one) => one.code, dateInChina(at)).find((one) => one.code === code);

/** Checks what is to be recorded against the catalogue in force and the household, and makes the entry of it, as a claim. */
export const checkRecord = (recording: Recording): Outcome<AssistanceEntry> => {
  const { principal, body, roster, policy, at, id } = recording;
  const item = itemInForce(policy, body.item, at);
  if (item === undefined)
    return refuse('validation-failed', { errors: [{ field: '/item', code: fault('assistance.item-unknown') }] });
  if (item.leadDepartment !== departmentOf(principal)) return refuse('assistance-item-of-another');
  const errors = [
    ...subjectFaults(recording, item),
    ...periodFaults(recording, item),
    ...eventFaults(recording, item),
    ...amountFaults(item, body.amount),
  ];
  if (errors.length > 0) return refuse('validation-failed', { errors });
  const { householdId, residenceDivision: division } = roster.household;
  const { personId, period, event, amount } = body;
  const persons = [...personsOf(recording)];
  const subject = { householdId, personId, persons, item: item.code, period, event, registeredAt: at };
  const guards = [...guardsOf(policy, subject)];
  if (guards.length > mostGuards)
    return refuse('validation-failed', { errors: [{ field: '/period', code: fault('assistance.period-too-wide') }] });
  return succeed({
    ...subject,
    entryId: AssistanceEntryId.parse(`ace_${id}`),
    version: 1,
    state: 'claimed',
    division,
    places: placesIn(guards),
    guards,
    flags: [],
    claimedAt: at,
    deliveredAt: null,
    endedAt: null,
    endedFor: null,
    endedAfter: null,
    department: item.leadDepartment,
    amount,
    deliveredAmount: null,
  });
};
