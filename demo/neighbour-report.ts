import type { SubmitApplicationBody } from '../contracts/api/applications.ts';
import type { ReportReceipt } from '../contracts/api/reports.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, granted } from './client.ts';
import { staff } from './staff.ts';
import type { Case } from './steps.ts';
import type { World } from './world.ts';

/** How a report stands, as the neighbour sees it. */
const seenByNeighbour = async (world: World, { reportId, secret }: ReportReceipt) =>
  granted(await call(world, 'readPublicReport', { params: { reportId }, body: { secret } })).body;

/** A neighbour who knows no number tells of somebody twice. The township goes there, and takes the application the report ends in. */
export const takenFromReport = async (
  world: World,
  book: Chronicle,
  { body, key }: { body: SubmitApplicationBody; key: string },
): Promise<Case> => {
  const { residenceDivision: division } = body;
  const word = {
    division,
    reporter: 'neighbour',
    hardship: 'without-care',
    person: { name: '老陈', place: '村东头第二户' },
    words: '老人一个人住，好几天没见他出门，灶也是冷的。',
  } as const;
  const told = () => call(world, 'submitPublicReport', { body: word, key: `${key}-report` });
  const { body: receipt } = granted(await told());
  const { reportId } = receipt;
  book.claimSame('told once more with the same key it is the same report', granted(await told()).body, receipt);
  const params = { reportId };
  granted(await call(world, 'followUpReport', { as: staff.investigator, params }));
  const seen = await seenByNeighbour(world, receipt);
  book.claimSame(
    'the neighbour sees that somebody went',
    [seen.state, seen.followedUpOn],
    ['followed-up', await today(world)],
  );
  const { body: submitted } = granted(
    await call(world, 'applyFromReport', { as: staff.investigator, params, body, key }),
  );
  book.received(submitted.applicationId);
  const { body: report } = granted(await call(world, 'readReport', { as: staff.countyWorker, params }));
  book.claimSame(
    'the report has ended in his application',
    [report.state, report.applicationId],
    ['application-taken', submitted.applicationId],
  );
  const { body: outreach } = granted(
    await call(world, 'readTask', { as: staff.countyWorker, params: { taskId: report.taskId } }),
  );
  book.claimSame('and the outreach with it', outreach.completed?.outcome, 'application-taken');
  book.claimSame(
    'of which the neighbour learns that it is over, and nothing else',
    await seenByNeighbour(world, receipt),
    {
      ...seen,
      state: 'ended',
      endedOn: await today(world),
    },
  );
  return { world, book, submitted, body };
};
