import type { LocalDate } from '../domain/dates.ts';
import { workingDaysBetween } from '../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { careClaimedOnce, referralOf, served } from './after-decision.ts';
import { type Chronicle, today } from './chronicle.ts';
import { applicationOf } from './families.ts';
import { takenFromReport } from './neighbour-report.ts';
import { deathOnRecord, monthListed, monthReleased } from './payment-run.ts';
import { staff } from './staff.ts';
import {
  type Case,
  confirm,
  type Ending,
  endAtNotice,
  hourOf,
  memberId,
  nextWorkingDay,
  openTask,
  passTo,
  publishedNotice,
  visit,
  workingDay,
} from './steps.ts';
import type { Story } from './story.ts';
import { yuan } from './words.ts';
import type { World } from './world.ts';

const basicLiving = 64_480;
const care = 30_000;
const together = basicLiving + care;
/** The yearly contribution to the residents’ health insurance. */
const contribution = 40_000;
/** Bathing and walking indoors, of the six of D43 article 21. */
const failedIndicators = 2;

const handIn = async (world: World, book: Chronicle, seed: number): Promise<Case> => {
  const body = applicationOf('alone', seed, await today(world));
  const open = await takenFromReport(world, book, { body, key: `story-d-${seed}` });
  const { opinion } = await openTask(open, 'field-assessment');
  book.claimSame(
    'before the visit nothing is promised: how he looks after himself is not rated',
    [opinion?.next, opinion?.monthlyAmount],
    ['panel', 0],
  );
  await book.tell(
    '陈守义，八十一岁，无儿无女，仅有每月160元基础养老金（不计入收入）。邻居不知其身份号码，向平台反映他独居无人照料；镇干部当日上门，代为递交申请，该报告随申请办结。',
    'Chen Shouyi is eighty-one, without children, and lives on a basic pension of 160 yuan a month, which does not count as income. A neighbour who knows no number of his tells the platform that he lives alone; a town worker goes there on the same day and hands in his application, with which the report ends.',
  );
  return open;
};

const assess = async (open: Case): Promise<LocalDate> => {
  const { book } = open;
  await visit(open, {
    findings: [
      { kind: 'self-care.failed', ref: 'applicant', value: failedIndicators },
      { kind: 'supporters.capable', ref: 'applicant', value: 0 },
    ],
  });
  const { monthlyAmount, memberCount, endsOn } = await publishedNotice(open);
  book.claimSame('rated at the visit, the amount is known and in public', [memberCount, monthlyAmount], [1, together]);
  await book.tell(
    `入户评估六项自理指标：洗澡、室内行走两项不能自理，部分丧失生活自理能力；无法定义务人。公示至${endsOn}。`,
    `At the visit he is rated by the six indicators: he cannot bathe or walk indoors without help, a partial loss of self-care; nobody is bound and able to support him. In public to ${endsOn}.`,
  );
  return endsOn;
};

const check = (open: Case, { determination, trace, reasons }: Ending): void => {
  const { book, world, submitted } = open;
  const personId = memberId(open, 'applicant');
  book.claimSame(
    'he is in extreme hardship',
    [determination.outcome, determination.tier],
    ['granted', 'EXTREME_HARDSHIP'],
  );
  book.claimSame('as a person, not only as a household', determination.memberTiers, [
    { personId, tier: 'EXTREME_HARDSHIP' },
  ]);
  book.claimSame('with basic living and care by the rating', determination.entitlements, [
    { item: 'extreme-hardship.basic-living', personId, amount: basicLiving, period: 'month' },
    { item: 'extreme-hardship.care', personId, amount: care, period: 'month' },
  ]);
  const rating = trace.tests.find(({ code }) => code === 'extreme-hardship.self-care');
  book.claimSame(
    'the rating is in the trace with where it comes from',
    [rating?.measured, rating?.inputs.map(({ value, dataset }) => [value, dataset])],
    ['partial', [[failedIndicators, 'field-assessment']]],
  );
  book.claim(
    'the reasons say the amount',
    reasons.en.some((line) => line.includes(`${yuan(together)} yuan a month`)),
    reasons.en,
  );
  if (!world.canAdvance) return;
  const used = workingDaysBetween(
    chinaCalendar,
    submitted.acceptedOn ?? determination.decidedOn,
    determination.decidedOn,
  );
  book.claimSame('working days are counted by the calendar of China', determination.workingDaysUsed, used);
};

/** The health insurance pays his contribution, and he says that it did; his care is given by one office, and not by two. */
const follow = async (open: Case, ending: Ending): Promise<void> => {
  const { book } = open;
  const referral = await referralOf(open, ending, 'medical.premium-help.full');
  book.claimSame('the department and its deadline stand on the referral', referral.due?.isLocalSetting, true);
  const closed = await served(open, referral, { by: staff.healthcare, amount: contribution });
  book.claimSame(
    'the need is closed when somebody has asked whether the help came',
    [closed.state, closed.outcome?.amount, closed.verification?.how],
    ['closed', contribution, 'household'],
  );
  await careClaimedOnce(open, 'applicant');
  await book.tell(
    `医保部门接到转介，全额资助其参保${yuan(contribution)}元，经本人确认后办结。镇里想再给他发居家养老补贴，系统告知：县民政已登记照料护理至12月，不可重复。`,
    `The health insurance takes the referral and pays his contribution of ${yuan(contribution)} yuan; he is asked, and the need is closed. The town wants to add an elderly-care subsidy and is told that the county’s care stands in the way until the end of December.`,
  );
};

/** By then the other families have their decisions, and the county's payments are listed with theirs. */
const workingDaysToTheEnd = 30;

/** He dies; the county lists the payments of the month, and his are held. */
const lastMonth = async (open: Case, { determination }: Ending): Promise<void> => {
  await deathOnRecord(open, memberId(open, 'applicant'));
  const listed = await monthListed(
    open,
    determination.entitlements.map(({ item }) => item),
  );
  await monthReleased(open, listed);
};

/** (d) An old man without family or income: extreme hardship, with the self-care rating made at the visit; when he has died, nobody is paid. */
export const oldAndAlone: Story = {
  id: 'd',
  title: { zh: '陈守义老人', en: 'Chen Shouyi (陈守义), old and alone' },
  tell: async (world, book, seed) => {
    const start = await today(world);
    const open = await handIn(world, book, seed);
    await passTo(world, hourOf(workingDay(start, 4), 10));
    const endsOn = await assess(open);
    if (!world.canAdvance) return endAtNotice(open);
    await passTo(world, hourOf(workingDay(nextWorkingDay(endsOn), 1), 9));
    const ending = await confirm(open, staff.otherApprover);
    check(open, ending);
    await book.tell(
      `县级确认：特困供养，基本生活${yuan(basicLiving)}元加照料护理${yuan(care)}元，每月共${yuan(together)}元。`,
      `The county confirms extreme hardship: ${yuan(basicLiving)} yuan for basic living and ${yuan(care)} for care, ${yuan(together)} yuan a month together.`,
    );
    await follow(open, ending);
    await passTo(world, hourOf(workingDay(start, workingDaysToTheEnd), 17));
    await lastMonth(open, ending);
    return ending;
  },
};
