import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { paymentLineLifecycle, paymentRunLifecycle } from '../../domain/lifecycles/payment-run.ts';
import { chainEntryOf } from '../../domain/payments/chain-entry.ts';
import { checkLine, type LineFacts } from '../../domain/payments/check-line.ts';
import { dueIn, dueLineOf } from '../../domain/payments/due-lines.ts';
import type { HeldReason } from '../../domain/payments/held-reasons.ts';
import { chainEntryIdOf } from '../../domain/payments/payment-ids.ts';
import type { PaymentLine } from '../../domain/payments/payment-line.ts';
import { fromTheBeginning, type PaymentRun } from '../../domain/payments/payment-run.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { forEachAtOnce } from '../at-once.ts';
import { chainFactsOf, readableDecision } from './payment-facts.ts';
import { counted, paymentActor, storePage } from './payment-page.ts';

/** Lines of one page. Each is a transaction of its own, with its entry in the assistance chain and the guards of that. */
const linesPerPage = 40;
/** A guard may be taken, or another walk be faster, between a look and the writing. */
const attempts = 3;

/**
 * Releases the next page of a run: each line that is ready is checked once more and released, or held. A line that was settled
 * before, by a walk that was cut off, is counted as it stands. The list as a whole is over when as many lines were counted as it has:
 * where the index has not shown all of them yet, the walk begins again.
 */
export const releasePayments = async (dependencies: Dependencies, run: PaymentRun): Promise<void> => {
  const { store, policies, now } = dependencies;
  const query = { paymentRunId: run.paymentRunId, state: null };
  const page = await store.paymentLines(query, linesPerPage, run.position);
  const policy = await policies.inForce();
  const settled = await forEachAtOnce(page.items, (line) => settle(dependencies, policy, line));
  const next = { ...counted(run, settled, page.erased), position: page.next };
  const { ready, held, released, erased } = next.counts;
  const isOver = page.next === null && ready + held + released + erased === run.listed;
  const { from, to } = isOver ? paymentRunLifecycle.finish : paymentRunLifecycle.pay;
  const begun = page.next === null && !isOver ? { ...next, ...fromTheBeginning } : next;
  await storePage(dependencies, {
    next: { ...begun, state: to, finishedAt: isOver ? now() : null },
    from,
    lines: [],
    event: isOver ? 'PaymentRunReleased' : 'PaymentRunContinued',
  });
};

const settle = async (dependencies: Dependencies, policy: PolicyPack, line: PaymentLine): Promise<PaymentLine> => {
  const { store } = dependencies;
  let present: PaymentLine | undefined = line;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (present === undefined) throw new Error(`${line.paymentLineId} is not in the store`);
    if (present.state !== 'ready') return present;
    const change = await settling(dependencies, policy, present);
    const result = await store.commit(change.change);
    if (result.ok) return change.line;
    present = await store.paymentLine(line.paymentLineId);
  }
  throw new WriteConflict(`${line.paymentLineId} is being written all the time`);
};

/** A line as it is to be settled, and the command that does it: released with its entry in the chain, or held with the reasons. */
const settling = async (
  dependencies: Dependencies,
  policy: PolicyPack,
  line: PaymentLine,
): Promise<{ line: PaymentLine; change: Change }> => {
  const { now, newId } = dependencies;
  const at = now();
  const { reasons, entry } = await lookedAt(dependencies, policy, line, at);
  const { paymentRunId, division } = line;
  const isHeld = entry === undefined || reasons.length > 0;
  const { from, to } = isHeld ? paymentLineLifecycle.hold : paymentLineLifecycle.release;
  const moved: PaymentLine = {
    ...line,
    version: line.version + 1,
    state: to,
    reasons: [...reasons],
    releasedAt: isHeld ? null : at,
  };
  const event = newEvent(isHeld ? 'PaymentLineHeld' : 'PaymentLineReleased', at, newId, { paymentRunId });
  const write = { kind: 'payment-line' as const, value: moved, from };
  const change: Change = { aggregates: [write], event, actor: paymentActor, division };
  if (isHeld) return { line: moved, change };
  const paid = { kind: 'assistance-entry' as const, value: entry, from: [] };
  const guards = { entryId: entry.entryId, take: entry.guards, free: [] };
  return { line: moved, change: { ...change, aggregates: [write, paid], guards } };
};

/** What is known of a line at the moment of its release. */
const lookedAt = async (
  { store, digest }: Dependencies,
  policy: PolicyPack,
  { paymentLineId, householdId, determinationId, item, personId, month }: PaymentLine,
  at: PaymentRun['preparedAt'],
) => {
  const unreadable = { reasons: ['decision-unreadable'] satisfies HeldReason[], entry: undefined };
  const [roster, decision] = await Promise.all([
    store.household(householdId),
    readableDecision(store, determinationId),
  ]);
  if (roster?.determinationId == null || decision === undefined) return unreadable;
  const standing =
    roster.determinationId === determinationId ? decision : await readableDecision(store, roster.determinationId);
  const line = dueLineOf(decision, { item, personId });
  if (standing === undefined || line === undefined) return unreadable;
  const { household, contacts = [] } = roster;
  const entryId = chainEntryIdOf(digest, paymentLineId);
  const entry = chainEntryOf(policy, { entryId, line, household, month, at });
  const entitlement = entitlementIn(month, standing, decision);
  const chain = await chainFactsOf(store, entry);
  return { reasons: checkLine(line, { household, contacts, entitlement, chain }), entry };
};

/** Whether the decision that a line rests on is still the one its month is paid by. */
const entitlementIn = (
  month: PaymentLine['month'],
  standing: Determination,
  decision: Determination,
): LineFacts['entitlement'] => {
  const due = dueIn(month, standing, [decision]);
  if (due?.determination.determinationId !== decision.determinationId) return 'replaced';
  return due.ended ? 'ended' : 'stands';
};
