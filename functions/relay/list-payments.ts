import type { Dependencies } from '../../domain/dependencies.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { paymentRunLifecycle } from '../../domain/lifecycles/payment-run.ts';
import { chainEntryOf } from '../../domain/payments/chain-entry.ts';
import { checkLine } from '../../domain/payments/check-line.ts';
import { type Due, type DueLine, dueIn, needsEarlier, payableLines } from '../../domain/payments/due-lines.ts';
import { chainEntryIdOf, paymentLineIdOf } from '../../domain/payments/payment-ids.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import type { PaymentRun } from '../../domain/payments/payment-run.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { ifReadable } from '../../domain/store/record-erased.ts';
import { forEachAtOnce } from '../at-once.ts';
import { chainFactsOf, decisionsBefore, readableDecision } from './payment-facts.ts';
import { counted, storePage } from './payment-page.ts';

/** Decisions looked at for one page: some forty households. */
const decisionsPerPage = 60;
/** Lines stored with one page: a transaction takes a hundred items. A household has sixty-one at the most. */
const linesPerPage = 90;

/** A household with a decision in the county, and what it is due; null where nobody can read that. */
interface Listed {
  readonly householdId: HouseholdId;
  readonly lines: readonly PaymentLine[] | null;
}

/** Lists and checks the next page of a run. The page, what it counts and where the next begins are stored together, once. */
export const listPayments = async (dependencies: Dependencies, run: PaymentRun): Promise<void> => {
  const { store, policies, now } = dependencies;
  const page = await store.grantedDecisions(run.division, decisionsPerPage, run.position);
  const policy = await policies.inForce();
  const households = [...new Set(page.items.map(({ householdId }) => householdId))];
  const listed = await forEachAtOnce(
    households,
    async (householdId): Promise<Listed> => ({
      householdId,
      lines: await linesOf({ dependencies, run, policy }, householdId),
    }),
  );
  const taken = withinPage(listed);
  const lines = taken.flatMap((each) => each.lines ?? []);
  const isLast = page.next === null && taken.length === listed.length;
  const { from, to } = isLast ? paymentRunLifecycle.check : paymentRunLifecycle.list;
  const last = taken.at(-1);
  const next: PaymentRun = {
    ...counted(run, lines, 0),
    state: to,
    position: isLast || last === undefined ? null : `${last.householdId}#~`,
    checkedAt: isLast ? now() : null,
    households: run.households + taken.length,
    unreadable: run.unreadable + taken.filter((each) => each.lines === null).length,
    listed: run.listed + lines.length,
  };
  await storePage(dependencies, { next, from, lines, event: isLast ? 'PaymentRunChecked' : 'PaymentRunContinued' });
};

/** The first households whose lines fit into one command. */
const withinPage = (listed: readonly Listed[]): readonly Listed[] => {
  let lines = 0;
  const beyond = listed.findIndex((each) => {
    lines += each.lines?.length ?? 0;
    return lines > linesPerPage;
  });
  return beyond === -1 ? listed : listed.slice(0, beyond);
};

/** What lines of a page are made with. */
interface Listing {
  readonly dependencies: Dependencies;
  readonly run: PaymentRun;
  readonly policy: PolicyPack;
}

const linesOf = async (listing: Listing, householdId: HouseholdId): Promise<readonly PaymentLine[] | null> => {
  const { store } = listing.dependencies;
  const { month, division } = listing.run;
  const roster = await ifReadable(store.household(householdId));
  if (roster === undefined) return null;
  if (roster.determinationId === null) return [];
  const standing = await readableDecision(store, roster.determinationId);
  if (standing === undefined) return null;
  const earlier = needsEarlier(month, standing) ? await decisionsBefore(store, month, standing) : [];
  if (earlier === undefined) return null;
  const due = dueIn(month, standing, earlier);
  // Whoever moved is paid by the county whose decision is due, and by no other.
  if (due === undefined || countyOf(due.determination.division) !== division) return [];
  return Promise.all(payableLines(due.determination).map((line) => lineOf(listing, roster, due, line)));
};

const lineOf = async (
  { dependencies: { store, digest, now }, run: { paymentRunId, division, month }, policy }: Listing,
  { household, contacts = [] }: RosterHousehold,
  { determination, ended }: Due,
  line: DueLine,
): Promise<PaymentLine> => {
  const { householdId } = household;
  const { item, personId, amount } = line;
  const paymentLineId = paymentLineIdOf(digest, { paymentRunId, householdId, item, personId });
  const entryId = chainEntryIdOf(digest, paymentLineId);
  const entry = chainEntryOf(policy, { entryId, line, household, month, at: now() });
  const chain = await chainFactsOf(store, entry);
  const reasons = checkLine(line, { household, contacts, entitlement: ended ? 'ended' : 'stands', chain });
  return {
    paymentLineId,
    version: 1,
    state: reasons.length === 0 ? 'ready' : 'held',
    paymentRunId,
    division,
    month,
    householdId,
    personId,
    determinationId: determination.determinationId,
    releasedAt: null,
    item,
    amount,
    reasons: [...reasons],
  };
};
