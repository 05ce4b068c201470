import { plusDays } from '../domain/dates.ts';
import { today } from './chronicle.ts';
import { call, granted } from './client.ts';
import { staff } from './staff.ts';
import { type Case, type Ending, eventually, hourOf, memberId, passTo } from './steps.ts';
import { yuan } from './words.ts';

/** Six months after a decision have passed on this day, whichever months they are. */
const days = 184;

/**
 * Half a year later the couple’s review falls due, since what they farm varies. The nightly scan makes one task of it; two investigators find
 * that they have given up farming, and what that adds holds at once.
 */
export const reviewedAfterHalfAYear = async (
  open: Case,
  { determination: standing }: Ending,
  monthlyFarming: number,
): Promise<void> => {
  const { world, book, submitted } = open;
  const { householdId } = submitted;
  const ours = async () => {
    const { tasks } = granted(await call(world, 'listTasks', { as: staff.investigator, query: { limit: '100' } })).body;
    return tasks.filter((each) => each.householdId === householdId && each.kind === 'periodic-review');
  };
  book.claimSame('no review is asked for before its time', await ours(), []);
  await passTo(world, hourOf(plusDays(standing.decidedOn, days), 9));
  const tasks = await ours();
  book.claimSame('the review that is due has one task', tasks.length, 1);
  const taskId = tasks[0]?.taskId ?? '';
  const body = {
    kind: 'periodic-review' as const,
    visitedOn: await today(world),
    investigators: [staff.investigator.subject, staff.secondInvestigator.subject],
    findings: [{ kind: 'income.business', value: 0, personId: memberId(open, 'husband') }],
  };
  const params = { taskId };
  const { version } = granted(await call(world, 'readTask', { as: staff.investigator, params }));
  granted(await call(world, 'completeTask', { as: staff.investigator, params, body, ifMatch: version }));
  const anew = await eventually(world, 'decision after the review', async () => {
    const read = { as: staff.countyWorker, params: { householdId } };
    const { determinationId } = granted(await call(world, 'readHousehold', read)).body;
    if (determinationId === null || determinationId === standing.determinationId) return undefined;
    const request = { as: staff.countyWorker, params: { determinationId } };
    return granted(await call(world, 'readDetermination', request)).body;
  });
  book.claimSame(
    'they are decided anew, and what adds holds at once',
    [anew.outcome, anew.monthlyAmount],
    ['granted', standing.monthlyAmount + monthlyFarming],
  );
  await book.tell(
    `半年期满，定期核查到期，夜间扫描生成一项任务。入户发现老两口已不再种地：当即重新评定为每月${yuan(anew.monthlyAmount)}元。`,
    `Half a year has passed and their periodic review falls due: the nightly scan makes one task of it. Two investigators find that they farm no more, and they are decided anew at once: ${yuan(anew.monthlyAmount)} yuan a month.`,
  );
};
