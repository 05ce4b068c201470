import type { PaymentLineView, PaymentRunView } from '../contracts/api/payment-runs.ts';
import { plusDays } from '../domain/dates.ts';
import { today } from './chronicle.ts';
import { call, granted, refusalCode, type Success } from './client.ts';
import { staff } from './staff.ts';
import { type Case, eventually } from './steps.ts';
import { yuan } from './words.ts';

/** A county's payments of a month, among them those of somebody who has died. A world has one such run a month. */

type Read = Success<PaymentRunView>;

/** What a county worker is told of the run, as soon as it has come to a state. */
const runIn = ({ world }: Case, paymentRunId: string, state: PaymentRunView['state']): Promise<Read> =>
  eventually(world, `payment run that is ${state}`, async () => {
    const read = granted(await call(world, 'readPaymentRun', { as: staff.countyWorker, params: { paymentRunId } }));
    return read.body.state === state ? read : undefined;
  });

const linesOf = async ({ world }: Case, { paymentRunId }: PaymentRunView): Promise<readonly PaymentLineView[]> => {
  const request = { as: staff.countyWorker, params: { paymentRunId }, query: { limit: '100' } };
  return granted(await call(world, 'listPaymentLines', request)).body.lines;
};

/** How the lines of the household stand: each with its item, its state and the gravest reason. */
const standOf = (lines: readonly PaymentLineView[], { submitted }: Case): readonly string[] =>
  lines
    .filter(({ householdId }) => householdId === submitted.householdId)
    .map(({ item, state, reasons }) => `${item} ${state} ${reasons[0]?.code}`)
    .toSorted();

const addsUp = ({ totals: { listed, ready, held, released } }: PaymentRunView): boolean =>
  (['lines', 'fen'] as const).every((of) => listed[of] === ready[of] + held[of] + released[of]);

/** A county worker records the death by its certificate; again, it is the same death. */
export const deathOnRecord = async ({ world, book, submitted }: Case, personId: string): Promise<void> => {
  const { householdId } = submitted;
  const as = staff.countyWorker;
  const { version } = granted(await call(world, 'readHousehold', { as, params: { householdId } }));
  const body = { diedOn: plusDays(await today(world), -1), evidence: 'death-certificate' } as const;
  const request = { as, params: { householdId, personId }, body, ifMatch: version };
  const { body: recorded } = granted(await call(world, 'recordDeath', request));
  book.claimSame('the death is on record', recorded, { householdId, personId, deceasedOn: body.diedOn });
  const again = await call(world, 'recordDeath', request);
  book.claim('and once, whoever sends it again', again.ok && again.replayed);
  const otherDay = { ...body, diedOn: plusDays(body.diedOn, -1) };
  const other = await call(world, 'recordDeath', { ...request, body: otherDay });
  book.claimSame('another day does not write over it', refusalCode(other), 'death-already-recorded');
  const task = await eventually(world, 'task to look at what the death leads to', async () => {
    const { tasks } = granted(await call(world, 'listTasks', { as: staff.approver, query: { limit: '100' } })).body;
    return tasks.find((each) => each.householdId === householdId && each.kind === 'policy-change-check');
  });
  book.claim(
    'the household is decided anew, and the county asked before anything is taken',
    task.determinationId !== null,
  );
  await book.tell(
    `老人于${body.diedOn}去世。县民政干部凭死亡医学证明登记。相关款项随即暂缓发放；该户数秒内重新评定，须减少或终止的救助由县级核查后才生效。`,
    `He died on ${body.diedOn}. A county worker records it by the medical certificate. That holds what would be paid, and the household is decided anew within seconds; what that would take away waits for the county.`,
  );
};

/** The month's payments are listed: what is doubtful is held, with the reason. */
export const monthListed = async (open: Case, items: readonly string[]): Promise<Read> => {
  const { world, book } = open;
  const body = { month: (await today(world)).slice(0, 7) };
  const { body: requested } = granted(await call(world, 'requestPaymentRun', { as: staff.countyWorker, body }));
  const checked = await runIn(open, requested.paymentRunId, 'checked');
  const { totals, held } = checked.body;
  book.claim('what is listed is ready or held, in lines and in fen', addsUp(checked.body), totals);
  book.claim('somebody’s payment is ready', totals.ready.lines >= 1, totals);
  book.claimSame(
    'his payments are held, first of all for the death',
    standOf(await linesOf(open, checked.body), open),
    items.map((item) => `${item} held deceased`).toSorted(),
  );
  const own = await call(world, 'releasePaymentRun', {
    as: staff.countyWorker,
    params: { paymentRunId: requested.paymentRunId },
    ifMatch: checked.version,
  });
  book.claimSame('who had them listed may not release them', refusalCode(own), 'payment-four-eyes');
  const others = held.filter(({ reason }) => reason.code !== 'deceased');
  const [zh, en] = [
    others.map(({ reason, lines }) => `${lines}笔因${reason.zh}`),
    others.map(({ reason, lines }) => `${lines} because ${reason.en.slice(0, 1).toLowerCase()}${reason.en.slice(1)}`),
  ];
  await book.tell(
    `县里编制${body.month}发放清单：共${totals.listed.lines}笔${yuan(totals.listed.fen)}元，可发${totals.ready.lines}笔，暂缓${totals.held.lines}笔：老人的${items.length}笔因其去世${zh.map((each) => `，${each}`).join('')}。编制人想自行核准发放，被系统拒绝。`,
    `The county has the payments of ${body.month} listed: ${totals.listed.lines} lines, ${yuan(totals.listed.fen)} yuan; ${totals.ready.lines} ready and ${totals.held.lines} held, his ${items.length} for the death${en.map((each) => `, ${each}`).join('')}. Who had them listed wants to release them, and is refused.`,
  );
  return checked;
};

/** Another officer releases: what was ready is paid once, what was held stays held. */
export const monthReleased = async (open: Case, listed: Read): Promise<void> => {
  const { world, book } = open;
  const { paymentRunId, month } = listed.body;
  const before = await linesOf(open, listed.body);
  const release = { as: staff.approver, params: { paymentRunId } };
  granted(await call(world, 'releasePaymentRun', { ...release, ifMatch: listed.version }));
  const { body: after, version } = await runIn(open, paymentRunId, 'released');
  book.claimSame('another officer releases what was ready, and no more', after.totals, {
    listed: listed.body.totals.listed,
    ready: { lines: 0, fen: 0 },
    held: listed.body.totals.held,
    released: listed.body.totals.ready,
  });
  const lines = await linesOf(open, after);
  book.claimSame('nothing of his is paid', standOf(lines, open), standOf(before, open));
  const twice = await call(world, 'releasePaymentRun', { ...release, ifMatch: version });
  book.claimSame('nobody is paid twice: a run is released once', refusalCode(twice), 'lifecycle-conflict');
  const again = await call(world, 'requestPaymentRun', { as: staff.otherApprover, body: { month } });
  book.claimSame('whoever asks for the month again is shown the same run', again.ok ? again.body : again, after);
  await book.tell(
    `另一名干部核对总额后核准发放：${after.totals.released.lines}笔${yuan(after.totals.released.fen)}元；老人的款项仍暂缓，待人核查。`,
    `Another officer compares the totals and releases what is ready: ${after.totals.released.lines} of the lines, ${yuan(after.totals.released.fen)} yuan. His payments stay held until somebody has looked.`,
  );
};
