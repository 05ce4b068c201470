import type { Instant } from '../../domain/dates.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { InboxName, ReferralInbox } from '../../domain/store/roster-store.ts';
import { firstInstant, inboxAt, referralPartition, referralPlace, upTo } from './keys.ts';
import { readWorklist, type WorklistRange } from './reading.ts';
import type { Tables } from './tables.ts';

/** The stretch of a department's open referrals in a county, from a place on. */
export const inboxRange = (
  { within, state, ...inbox }: ReferralInbox,
  from: string | null,
  limit: number,
): WorklistRange => ({
  partition: referralPartition(inbox.county),
  from: from ?? referralPlace(inbox, ' '),
  to: referralPlace(inbox, '~'),
  limit,
  ...(within === inbox.county ? {} : { within }),
  ...(state === null ? {} : { state }),
});

/** What of it needs attention at a moment; what is escalated sorts before it. */
export const dueReferrals = (inbox: InboxName, at: Instant, limit: number): WorklistRange => ({
  partition: referralPartition(inbox.county),
  from: referralPlace(inbox, firstInstant),
  to: referralPlace(inbox, upTo(at)),
  limit,
});

/** The inboxes of a county or a prefecture that hold something: of each stretch the first is looked at, and the rest passed over. */
export const inboxesInUse = async (tables: Tables, division: DivisionCode): Promise<readonly InboxName[]> => {
  const isCounty = division.length === 6;
  const found: InboxName[] = [];
  for (let from = isCounty ? `${division}#` : ' '; ; ) {
    const to = isCounty ? `${division}#~` : '~';
    const range = { partition: referralPartition(division), from, to, limit: 1 };
    const [first] = (await readWorklist(tables, range)).items;
    if (first === undefined) return found;
    const inbox = inboxAt(String(first['wsk']));
    found.push(inbox);
    from = referralPlace(inbox, '~');
  }
};
