import type { SubmitApplicationBody } from '../contracts/api/applications.ts';
import type { FeedView } from '../contracts/api/feeds.ts';
import type { ReportView } from '../contracts/api/reports.ts';
import { plusDays } from '../domain/dates.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, granted, type Success } from './client.ts';
import { staff } from './staff.ts';
import { type Case, eventually } from './steps.ts';
import type { World } from './world.ts';

/** What a family has paid itself at hospitals in twelve months, as the insurer's settlements say. */
const selfPaid = '36000.00';
const headings = '身份证号,姓名,结算单号,结算日期,本次个人自付金额,本户近12个月个人自付金额';
/** The goal for a change of circumstances: it is seen within seconds. */
const mostSeconds = 10;

const feedIn = (world: World, feedId: string, state: FeedView['state']): Promise<Success<FeedView>> =>
  eventually(world, `feed that is ${state}`, async () => {
    const read = granted(await call(world, 'readFeed', { as: staff.healthcare, params: { feedId } }));
    return read.body.state === state ? read : undefined;
  });

/** Sends the file to where the platform says, part by part. */
const sent = async ({ upload }: FeedView, file: Uint8Array<ArrayBuffer>): Promise<void> => {
  for (const { part, bytes, address } of upload?.missing ?? []) {
    const begin = (part - 1) * (upload?.partBytes ?? 0);
    const { ok, status } = await fetch(address, { method: 'PUT', body: file.slice(begin, begin + bytes) });
    if (!ok) throw new Error(`part ${part} of the file was answered ${status}`);
  }
};

/** The report that a file has made of somebody, as soon as it is there. */
const reportAbout = (world: World, residentId: string): Promise<ReportView> =>
  eventually(world, 'report out of the file', async () => {
    const { reports } = granted(await call(world, 'listReports', { as: staff.countyWorker })).body;
    for (const { reportId } of reports) {
      const { body } = granted(await call(world, 'readReport', { as: staff.countyWorker, params: { reportId } }));
      if (body.accounts?.some(({ person }) => person.residentId === residentId)) return body;
    }
    return undefined;
  });

/**
 * The health insurer's file of hospital bills tells of somebody who is not on the roster and has paid more than a family like hers can:
 * the county hears of her within seconds, and takes the application the outreach ends in.
 */
export const foundByHospitalFile = async (
  world: World,
  book: Chronicle,
  { body, patient, key }: { body: SubmitApplicationBody; patient: string; key: string },
): Promise<Case> => {
  const residentId = body.members.find(({ ref }) => ref === patient)?.residentId ?? '';
  const settledOn = plusDays(await today(world), -3);
  const file = new TextEncoder().encode(`${headings}\n${residentId},某某,E-1,${settledOn},1200.00,${selfPaid}\n`);
  const announced = { dataset: 'hospital-bills', format: 'csv', compression: 'none', bytes: file.length } as const;
  const { body: feed } = granted(await call(world, 'announceFeed', { as: staff.healthcare, body: announced }));
  await sent(feed, file);
  const params = { feedId: feed.feedId };
  granted(await call(world, 'checkFeed', { as: staff.healthcare, params }));
  const checked = await feedIn(world, feed.feedId, 'checked');
  const { rows, unmatched, rejected } = checked.body.dryRun ?? {};
  book.claimSame(
    'the trial says that the file is about somebody not on the roster',
    [rows, unmatched, rejected],
    [1, 1, 0],
  );
  granted(await call(world, 'commitFeed', { as: staff.healthcare, params, ifMatch: checked.version }));
  const report = await reportAbout(world, residentId);
  const { committedAt } = (await feedIn(world, feed.feedId, 'applied')).body;
  const seconds = (Date.parse(report.receivedAt) - Date.parse(committedAt ?? '')) / 1_000;
  book.claim('her county hears of her within seconds of the file', seconds >= 0 && seconds <= mostSeconds, seconds);
  const told = { as: staff.countyWorker, params: { reportId: report.reportId } };
  granted(await call(world, 'followUpReport', told));
  const { body: submitted } = granted(await call(world, 'applyFromReport', { ...told, body, key }));
  book.received(submitted.applicationId);
  await book.tell(
    '医保局交来住院结算文件：周敏不在名册上，本户一年自付3.6万元。几秒钟内县里收到线索；工作人员上门，代为申请。',
    'The health insurer hands in its file of hospital bills. Zhou Min is not on the roster, and her family has paid 36,000 yuan itself in a year. Within seconds the county has a task to look for her; an officer goes there and takes the application.',
  );
  return { world, book, submitted, body };
};
