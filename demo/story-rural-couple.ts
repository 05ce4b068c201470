import { plusDays } from '../domain/dates.ts';
import { workingDaysBetween } from '../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, granted, refusalCode } from './client.ts';
import { applicationOf } from './families.ts';
import { reviewedAfterHalfAYear } from './periodic-review.ts';
import { staff } from './staff.ts';
import {
  type Case,
  confirm,
  type Ending,
  endAtNotice,
  hourOf,
  passTo,
  publishedNotice,
  readReview,
  submit,
  visit,
  workingDay,
} from './steps.ts';
import type { Story } from './story.ts';
import { yuan } from './words.ts';
import type { World } from './world.ts';

const firstAmount = 49_200;
/** What they farm, and what they let, in a year. */
const farming = 300_000;
const rent = 120_000;
const amount = 39_200;

const handIn = async (world: World, book: Chronicle, seed: number): Promise<Case> => {
  const body = applicationOf('couple', seed, await today(world));
  const key = `story-a-${seed}`;
  const open = await submit(world, book, { body, key });
  book.claimSame('with every paper on file the application is accepted on the day', open.submitted, {
    ...open.submitted,
    state: 'accepted',
    acceptedOn: await today(world),
    missingPapers: [],
  });
  const again = await call(world, 'submitApplication', { as: staff.investigator, body, key });
  book.claim('the same submission twice has one effect and one answer', again.ok && again.replayed);
  book.claimSame('the second answer is the first', again.ok && again.body, open.submitted);
  const other = { ...body, consentToNextTier: false };
  const reused = await call(world, 'submitApplication', { as: staff.investigator, body: other, key });
  book.claimSame('another application under the same key is refused', refusalCode(reused), 'idempotency-key-reused');
  await book.tell(
    '张福贵、李秀英夫妇种地为生，儿子在太原打工，每年寄回2400元。二人在台城镇递交一份申请，材料齐全，当天受理。窗口因网络不稳提交了两次，系统只记一份。',
    'Zhang Fugui and Li Xiuying farm a little land; a son working in Taiyuan sends 2,400 yuan a year. They apply in Taicheng town, their papers are complete, and the application is accepted the same day. The clerk’s line was bad and sent it twice; it counts once.',
  );
  return open;
};

const firstVisit = async (open: Case): Promise<void> => {
  const { world, book } = open;
  await visit(open);
  const notice = await publishedNotice(open);
  const endsOn = plusDays(await today(world), 7);
  book.claimSame(
    'the notice shows the name, the number of members, the amount and its last day, and nothing else',
    notice,
    {
      noticeId: notice.noticeId,
      applicantName: '张福贵',
      memberCount: 2,
      monthlyAmount: firstAmount,
      endsOn,
    },
  );
  await book.tell(
    `两名工作人员入户调查。初审意见：纳入低保，每月${yuan(firstAmount)}元，公示七日，至${endsOn}。`,
    `Two investigators visit. The first opinion is the minimum living allowance, ${yuan(firstAmount)} yuan a month; it is in public for seven days, to ${endsOn}.`,
  );
};

const objection = async (open: Case): Promise<void> => {
  const { world, book } = open;
  const { noticeId } = await publishedNotice(open);
  const body = { grounds: '他家有两亩地租给了合作社，每年收租金，申请里没有写。' };
  const key = `objection-${noticeId}`;
  const answer = await call(world, 'objectToNotice', { params: { noticeId }, body, key });
  book.claim('anyone may object to a notice, without a login', answer.ok && answer.status === 201);
  await world.settle();
  const gone = await call(world, 'readNotice', { params: { noticeId } });
  book.claimSame('a notice that was objected to is out of public', refusalCode(gone), 'not-found');
  book.claimSame('the objection leads to a second assessment', (await readReview(open)).round, 2);
  await book.tell(
    '一位村民提出异议：夫妇俩有两亩地租给了合作社。公示撤下，重新调查。',
    'A villager objects: two mu of the couple’s land are let to a cooperative. The notice comes down and the household is assessed again.',
  );
};

const secondVisit = async (open: Case): Promise<string> => {
  const { book } = open;
  await visit(open, { findings: [{ kind: 'income.property', ref: 'husband', value: rent }] });
  const { noticeId, monthlyAmount, endsOn } = await publishedNotice(open);
  book.claimSame('the rent that was found lowers the amount, and the new amount is in public', monthlyAmount, amount);
  await book.tell(
    `第二次入户：确有租金每年${yuan(rent)}元。核减后每月${yuan(amount)}元，重新公示至${endsOn}。`,
    `The second visit finds the rent, ${yuan(rent)} yuan a year. The amount becomes ${yuan(amount)} yuan a month, in public again to ${endsOn}.`,
  );
  return noticeId;
};

const lateObjection = async (open: Case, noticeId: string): Promise<void> => {
  const { world, book } = open;
  const body = { grounds: '公示期已过才提出的异议。' };
  const answer = await call(world, 'objectToNotice', { params: { noticeId }, body, key: `late-${noticeId}` });
  book.claimSame('after its days a notice can no longer be objected to', refusalCode(answer), 'lifecycle-conflict');
};

const closing = async ({ world, submitted: { applicationId } }: Case) => {
  const { body } = granted(await call(world, 'readApplication', { as: staff.auditor, params: { applicationId } }));
  return { state: body.state, determinationId: body.determinationId };
};

const check = async (open: Case, ending: Ending): Promise<void> => {
  const { world, book, submitted } = open;
  const { determination, reasons, trace } = ending;
  const { decidedOn, payableFrom, workingDaysUsed } = determination;
  const acceptedOn = submitted.acceptedOn ?? decidedOn;
  book.claimSame('the couple is granted aid', determination.outcome, 'granted');
  book.claimSame('as a household under the standard', determination.tier, 'MINIMUM_LIVING_ALLOWANCE');
  book.claimSame('with the gap to the standard for both of them', determination.monthlyAmount, amount);
  book.claim(
    'the reasons say the amount',
    reasons.en.some((line) => line.includes(`${yuan(amount)} yuan a month`)),
    reasons.en,
  );
  book.claim('each reason is told in Chinese too', reasons.zh.length === reasons.en.length, reasons.zh);
  const line = trace.tests.find(({ code }) => code === 'mla.income');
  book.claimSame(
    '300 yuan a head stand against a line of 496',
    [line?.measured, line?.threshold?.value],
    [30_000, 49_600],
  );
  book.claimSame('the application is closed by this one decision', await closing(open), {
    state: 'granted',
    determinationId: determination.determinationId,
  });
  if (!world.canAdvance) return;
  const used = workingDaysBetween(chinaCalendar, acceptedOn, decidedOn);
  book.claimSame('working days are counted by the calendar of China', workingDaysUsed, used);
  book.claim('the decision came within 30 working days, the second assessment included', workingDaysUsed <= 30, used);
  book.claim(
    'payment starts on the first of the next month',
    payableFrom !== null && payableFrom > decidedOn && payableFrom.endsWith('-01'),
    payableFrom,
  );
};

/** (a) A rural couple under the standard; a villager objects, and the second visit finds a rent. */
export const ruralCouple: Story = {
  id: 'a',
  title: { zh: '张福贵、李秀英夫妇', en: 'Zhang Fugui and Li Xiuying (张福贵、李秀英), an old couple in a village' },
  tell: async (world, book, seed) => {
    const start = await today(world);
    const open = await handIn(world, book, seed);
    await passTo(world, hourOf(workingDay(start, 5), 10));
    await firstVisit(open);
    await passTo(world, hourOf(plusDays(workingDay(start, 5), 2), 15));
    await objection(open);
    await passTo(world, hourOf(workingDay(start, 12), 10));
    const noticeId = await secondVisit(open);
    if (!world.canAdvance) return endAtNotice(open);
    await passTo(world, hourOf(workingDay(start, 20), 10));
    await lateObjection(open, noticeId);
    const ending = await confirm(open, staff.approver);
    await check(open, ending);
    await book.tell(
      `公示期满无异议，县民政局由未参与调查的人员确认：每月${yuan(amount)}元，自${ending.determination.payableFrom ?? ''}起发放。`,
      `Nobody objects this time. The county confirms, by someone who did not assess: ${yuan(amount)} yuan a month from ${ending.determination.payableFrom ?? ''}.`,
    );
    await reviewedAfterHalfAYear(open, ending, farming / 12);
    return ending;
  },
};
