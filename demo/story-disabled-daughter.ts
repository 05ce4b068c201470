import type { LocalDate } from '../domain/dates.ts';
import { workingDaysBetween } from '../domain/deadlines/working-days.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { readReferral, referralOf, reroutedTo } from './after-decision.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, granted, refusalCode } from './client.ts';
import { applicationOf } from './families.ts';
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
  readTask,
  submit,
  visit,
  workingDay,
} from './steps.ts';
import type { Story } from './story.ts';
import { yuan } from './words.ts';
import type { World } from './world.ts';

const allowance = 37_680;

const handIn = async (world: World, book: Chronicle, seed: number): Promise<Case> => {
  const body = applicationOf('daughter', seed, await today(world));
  const open = await submit(world, book, { body, key: `story-b-${seed}` });
  const missing = [
    { kind: 'household-register', personId: null },
    { kind: 'income-proof', personId: memberId(open, 'mother') },
    { kind: 'consent', personId: memberId(open, 'daughter') },
    { kind: 'disability-certificate', personId: memberId(open, 'daughter') },
  ];
  const byKind = (list: readonly { kind: string }[]) =>
    list.toSorted((one, other) => one.kind.localeCompare(other.kind));
  book.claimSame(
    'everything that is missing is named in one list',
    byKind(open.submitted.missingPapers),
    byKind(missing),
  );
  book.claimSame('without its papers the application is not accepted', open.submitted.acceptedOn, null);
  const task = await openTask(open, 'supply-papers');
  book.claimSame('the one task asks for the whole list', byKind(task.missingPapers), byKind(missing));
  await book.tell(
    '王建军、刘春梅夫妇在县城打零工，女儿王晓雨智力残疾二级。材料缺四样：户口簿、母亲的收入证明、女儿的授权书和残疾人证。一次性全部告知，一张清单。',
    'Wang Jianjun and Liu Chunmei do odd jobs in the county town; their daughter Xiaoyu has an intellectual disability of level 2. Four papers are missing: the register, the mother’s proof of income, the daughter’s consent and her disability certificate. The family is told of all four at once, in one list.',
  );
  return open;
};

const secondApplication = async (open: Case, seed: number): Promise<void> => {
  const { world, book, body, submitted } = open;
  const again = await call(world, 'submitApplication', { as: staff.investigator, body, key: `story-b-again-${seed}` });
  book.claimSame('nobody can be in two open applications', refusalCode(again), 'person-in-open-application');
  const link = again.ok ? null : again.problem.links?.['application'];
  book.claimSame('the refusal links to the one that is open', link, `/applications/${submitted.applicationId}`);
};

const bringPapers = async (open: Case): Promise<void> => {
  const { world, book, submitted } = open;
  const params = { applicationId: submitted.applicationId };
  const { version } = granted(await call(world, 'readApplication', { as: staff.investigator, params }));
  const day = await today(world);
  const body = {
    papers: submitted.missingPapers.filter(({ kind }) => kind !== 'consent'),
    consents: [{ personId: memberId(open, 'daughter'), givenOn: day, expiresOn: workingDay(day, 200) }],
  };
  const request = { as: staff.investigator, params, body };
  const stale = await call(world, 'supplementApplication', { ...request, ifMatch: (version ?? 0) - 1 });
  book.claimSame('a change based on an old version is refused', refusalCode(stale), 'version-conflict');
  const { body: after } = granted(await call(world, 'supplementApplication', { ...request, ifMatch: version }));
  book.claimSame(
    'the last paper accepts the application, and the clock starts',
    [after.state, after.acceptedOn],
    ['accepted', day],
  );
  book.claimSame('nothing is asked for twice', after.missingPapers, []);
  await book.tell(
    '一周后，一家人一趟把四样材料补齐，当日受理，法定时限自此起算。',
    'A week later the family brings all four in one trip. The application is accepted that day, and the statutory time starts.',
  );
};

const assess = async (open: Case): Promise<LocalDate> => {
  const { book } = open;
  await visit(open);
  const { monthlyAmount, memberCount, endsOn } = await publishedNotice(open);
  book.claimSame(
    'the notice tells the amount and says nothing of a disability',
    [memberCount, monthlyAmount],
    [3, allowance],
  );
  await book.tell(
    `入户调查后形成初审意见并公示至${endsOn}：家庭人均月收入700元，高于城市低保标准628元，低于其1.5倍942元。`,
    `After the visit the opinion is in public to ${endsOn}: 700 yuan a head a month is above the urban standard of 628 and below one and a half times it, 942.`,
  );
  return endsOn;
};

const check = (open: Case, { determination, trace, reasons }: Ending): void => {
  const { book } = open;
  const daughter = memberId(open, 'daughter');
  book.claimSame('the household is marginal', [determination.outcome, determination.tier], ['granted', 'MARGINAL']);
  book.claimSame(
    'the daughter alone enters the allowance',
    determination.memberTiers.filter(({ tier }) => tier === 'SINGLE_PERSON_ENTRY').map(({ personId }) => personId),
    [daughter],
  );
  book.claimSame('what is paid is hers', determination.entitlements, [
    { item: 'minimum-living-allowance.single-person-entry', personId: daughter, amount: allowance, period: 'month' },
  ]);
  const upper = trace.tests.find(({ code }) => code === 'mla.income');
  book.claimSame(
    '72 yuan a head keep the household from the allowance',
    [upper?.result, upper?.distance],
    ['fail', -7_200],
  );
  const entry = trace.tests.find(
    ({ code, subject }) => code === 'single-person-entry.condition' && subject === daughter,
  );
  book.claim(
    'the entry rests on D57 article 8',
    entry?.result === 'pass' && /article 8/u.test(entry.citation),
    entry?.citation,
  );
  book.claim(
    'the reasons say why not the allowance',
    reasons.en.some((line) => line.startsWith('Not minimum living allowance')),
    reasons.en,
  );
};

const checkClock = (open: Case, acceptedOn: LocalDate, { determination }: Ending): void => {
  const { decidedOn, workingDaysUsed } = determination;
  const used = workingDaysBetween(chinaCalendar, acceptedOn, decidedOn);
  open.book.claimSame('the days the family took for its papers are not counted', workingDaysUsed, used);
};

/** The federation gives the adaptation of the flat back; the housing department gets it, does not answer, and that shows. */
const follow = async (open: Case, ending: Ending, until: string): Promise<void> => {
  const { book } = open;
  const referral = await referralOf(open, ending, 'disability.home-access');
  const rerouted = await reroutedTo(open, referral, { from: staff.federation, to: 'housing' });
  book.claimSame(
    'what one department gives back, another gets, with days of its own',
    [rerouted.state, rerouted.department, rerouted.returns.map(({ reason }) => reason)],
    ['sent', 'housing', ['not-our-department']],
  );
  await book.tell(
    '残联退回无障碍改造的转介：该住房由住建部门改造。县民政改转住建部门，时限重新起算。',
    'The disabled persons’ federation gives the adaptation of the flat back: the housing department is rebuilding the house. The county sends it there, and the days begin anew.',
  );
  await passTo(open.world, until);
  const late = await readReferral(open, rerouted);
  book.claim(
    'a department that does not answer is escalated, and the need stays open',
    late.state === 'sent' && late.escalatedAt !== null && late.escalations === 1,
    late,
  );
  await book.tell(
    '三个工作日内住建部门未回应，转介升级，排在县清单最前；需求不会消失。',
    'The housing department has not answered in three working days. The referral is escalated and heads the county’s list; the need does not get lost.',
  );
};

/** (b) A family just above the line with a severely disabled daughter; papers are missing at first. */
export const disabledDaughter: Story = {
  id: 'b',
  title: { zh: '王建军一家（女儿重度残疾）', en: 'Wang Jianjun’s family (王建军), with a severely disabled daughter' },
  tell: async (world, book, seed) => {
    const start = await today(world);
    const open = await handIn(world, book, seed);
    await secondApplication(open, seed);
    const asked = await openTask(open, 'supply-papers');
    await passTo(world, hourOf(workingDay(start, 5), 10));
    await bringPapers(open);
    const acceptedOn = await today(world);
    await world.settle();
    book.claimSame('the task that asked for papers is done', (await readTask(world, asked.taskId)).state, 'completed');
    await passTo(world, hourOf(workingDay(acceptedOn, 6), 9));
    const endsOn = await assess(open);
    if (!world.canAdvance) return endAtNotice(open);
    await passTo(world, hourOf(workingDay(nextWorkingDay(endsOn), 2), 9));
    const ending = await confirm(open, staff.approver);
    check(open, ending);
    checkClock(open, acceptedOn, ending);
    await book.tell(
      `县级确认：认定为低保边缘家庭，王晓雨以单人保方式纳入低保，每月${yuan(allowance)}元。`,
      `The county confirms: a marginal household, and Xiaoyu alone enters the allowance, ${yuan(allowance)} yuan a month.`,
    );
    await follow(open, ending, hourOf(workingDay(start, 23), 10));
    return ending;
  },
};
