import type { Instant } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { ReferralInbox } from '../../domain/store/roster-store.ts';
import { firstInstant, referralDepartment, referralPartition, referralPlace, upTo } from './keys.ts';
import { readWorklist, type WorklistRange } from './reading.ts';
import type { Tables } from './tables.ts';

/** The stretch of a department's open referrals in a county, from a place on. */
export const inboxRange = (
  { county, department, within, state }: ReferralInbox,
  from: string | null,
  limit: number,
): WorklistRange => ({
  partition: referralPartition(county),
  from: from ?? referralPlace(department, ' '),
  to: referralPlace(department, '~'),
  limit,
  ...(within === county ? {} : { within }),
  ...(state === null ? {} : { state }),
});

/** What of it needs attention at a moment; what is escalated sorts before it. */
export const dueReferrals = (county: DivisionCode, department: string, at: Instant, limit: number): WorklistRange => ({
  partition: referralPartition(county),
  from: referralPlace(department, firstInstant),
  to: referralPlace(department, upTo(at)),
  limit,
});

/** The departments that have open referrals of a county: of each stretch the first is looked at, and the rest passed over. */
export const departmentsReferredTo = async (tables: Tables, county: DivisionCode): Promise<readonly string[]> => {
  const found: string[] = [];
  for (let from = ' '; ; ) {
    const range = { partition: referralPartition(county), from, to: '~', limit: 1 };
    const [first] = (await readWorklist(tables, range)).items;
    if (first === undefined) return found;
    const department = referralDepartment(String(first['wsk']));
    found.push(department);
    from = referralPlace(department, '~');
  }
};
