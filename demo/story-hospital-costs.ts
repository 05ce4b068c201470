import { endOfDayInChina, type Instant, type LocalDate } from '../domain/dates.ts';
import { reminderInstant } from '../domain/deadlines/due.ts';
import { type Chronicle, today } from './chronicle.ts';
import { call, granted, refusalCode } from './client.ts';
import { applicationOf } from './families.ts';
import { foundByHospitalFile } from './hospital-feed.ts';
import { papersAfter, quickAid } from './quick-aid.ts';
import { staff } from './staff.ts';
import {
  type Case,
  confirm,
  type Ending,
  hourOf,
  nextWorkingDay,
  openTask,
  passTo,
  readReview,
  readTask,
  visit,
  workingDay,
} from './steps.ts';
import type { Story } from './story.ts';
import { yuan } from './words.ts';
import type { World } from './world.ts';

const spending = 4_710_000;
const income = 4_800_000;
const line = 3_840_000;
/** What the law adds for special cases: 45 working days instead of 30 (D57 article 22). */
const addedWorkingDays = 15;
const quarterHour = 15 * 60_000;

const later = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

const handIn = async (world: World, book: Chronicle, seed: number): Promise<Case> => {
  const body = applicationOf('hospital', seed, await today(world));
  const open = await foundByHospitalFile(world, book, { body, patient: 'wife', key: `story-e-${seed}` });
  book.claimSame('the application is accepted on the day', open.submitted.acceptedOn, await today(world));
  await book.tell(
    `马国强一家四口：妻子周敏透析，儿子上大学，父亲年迈。全年收入${yuan(income)}元，自付医疗费和学费${yuan(spending)}元。县窗口受理。`,
    `Ma Guoqiang’s family of four: his wife Zhou Min is on dialysis, the son is at university, the father is old. Of ${yuan(income)} yuan of yearly income ${yuan(spending)} go to the hospital and to tuition. The county’s own window accepts the application.`,
  );
  return open;
};

/** Nobody visits. The sweep reminds when four fifths of the time have passed, and escalates when all of it has. */
const missedDeadline = async (open: Case, meanwhile: () => Promise<void>): Promise<void> => {
  const { world, book } = open;
  const task = await openTask(open, 'field-assessment');
  const dueAt = endOfDayInChina(task.dueOn);
  const remindAt = reminderInstant(task.openedAt, dueAt);
  book.claimSame('the visit is due ten working days after acceptance', task.dueOn, workingDay(await today(world), 10));
  await passTo(world, later(remindAt, -quarterHour));
  book.claimSame(
    'before four fifths of the time nobody is reminded',
    (await readTask(world, task.taskId)).remindedAt,
    null,
  );
  await passTo(world, later(remindAt, quarterHour));
  const reminded = await readTask(world, task.taskId);
  book.claim(
    'at four fifths the investigators are reminded',
    isWithinQuarter(remindAt, reminded.remindedAt),
    reminded.remindedAt,
  );
  book.claimSame('a reminder is not an escalation', [reminded.state, reminded.escalatedAt], ['open', null]);
  await book.tell(
    `调查时限（${task.dueOn}止）已过五分之四，两名调查人被抽去值守森林防火，系统自动提醒。`,
    `Four fifths of the time for the visit (due ${task.dueOn}) have passed; the investigators are away on the spring fire watch. The system reminds them.`,
  );
  await meanwhile();
  await passTo(world, later(dueAt, quarterHour));
  const late = await readTask(world, task.taskId);
  book.claim(
    'when the day has passed the task is escalated',
    late.state === 'escalated' && isWithinQuarter(dueAt, late.escalatedAt),
    late,
  );
  await passTo(world, hourOf(nextWorkingDay(task.dueOn), 9));
  const { body } = granted(await call(world, 'listTasks', { as: staff.countyWorker }));
  const place = body.tasks.findIndex(({ taskId }) => taskId === task.taskId);
  const before = body.tasks.slice(0, place + 1).map(({ state }) => state);
  book.claimSame(
    'escalated tasks head the county’s list, and this is one of them',
    [...new Set(before)],
    ['escalated'],
  );
  await book.tell(
    '时限已到仍无人入户，任务升级，排到县民政局清单的最前面。',
    'The day passes and nobody has come. The task is escalated: it heads the county’s list.',
  );
};

const isWithinQuarter = (due: Instant, done: string | null): boolean =>
  done !== null && done >= due && Date.parse(done) - Date.parse(due) <= 2 * quarterHour;

const extension = async (open: Case): Promise<LocalDate> => {
  const { world, book } = open;
  const { taskId, dueOn, version } = await openTask(open, 'field-assessment');
  const extend = (reason: string, ifMatch: number | null) =>
    call(world, 'extendTask', { as: staff.countyWorker, params: { taskId }, body: { reason }, ifMatch });
  const busy = await extend('staff-on-other-duty', version);
  book.claimSame('being busy is no statutory reason', refusalCode(busy), 'validation-failed');
  const { body: extended, version: next } = granted(await extend('hard-to-check', version));
  const expected = workingDay(dueOn, addedWorkingDays);
  book.claimSame(
    'a statutory reason adds fifteen working days, and the task is open again',
    [extended.dueOn, extended.state],
    [expected, 'open'],
  );
  book.claimSame('the reason stays with the task', extended.extendedFor, 'hard-to-check');
  const twice = await extend('objection', next);
  book.claimSame('a deadline is extended once', refusalCode(twice), 'extension-not-allowed');
  await book.tell(
    `“人手忙”不是法定理由，系统不受理；省外医院票据难以核查是法定理由，延长15个工作日至${extended.dueOn}。`,
    `“Short of hands” is no statutory reason and is refused. That bills of a hospital in another province are hard to check is one: fifteen working days more, to ${extended.dueOn}.`,
  );
  return extended.dueOn;
};

const assess = async (open: Case): Promise<void> => {
  const { book } = open;
  await visit(open);
  const { dueOn } = await openTask(open, 'county-confirmation');
  const review = await readReview(open);
  book.claimSame('a tier without money of its own is not put before the public', review.notice, null);
  await book.tell(
    `医院结算单寄到，两名工作人员入户，情况属实。转县级确认，${dueOn}前办结。`,
    `The hospital’s statements arrive, two investigators visit, and all is as declared. The county has until ${dueOn} to confirm.`,
  );
};

const check = (open: Case, { determination, trace, reasons }: Ending, start: LocalDate): void => {
  const { book, world } = open;
  book.claimSame(
    'the family is in rigid expenditure',
    [determination.outcome, determination.tier],
    ['granted', 'RIGID_EXPENDITURE'],
  );
  book.claimSame(
    'no monthly amount belongs to this tier',
    [determination.monthlyAmount, determination.entitlements],
    [0, []],
  );
  const ratio = trace.tests.find(({ code }) => code === 'rigid.ratio');
  book.claimSame(
    'spending is held against 80 % of income, in whole fen',
    [ratio?.measured, ratio?.threshold?.value, ratio?.result],
    [spending, line, 'pass'],
  );
  book.claimSame(
    'the ratio is marked as an assumption, since Shanxi’s is not known',
    ratio?.threshold?.basis,
    'assumption',
  );
  book.claim(
    'the reasons say why not marginal',
    reasons.en.some((text) => text.startsWith('Not marginal household')),
    reasons.en,
  );
  if (!world.canAdvance) return;
  book.claimSame(
    'late or not, it was decided on the thirtieth working day',
    [determination.decidedOn, determination.workingDaysUsed],
    [workingDay(start, 30), 30],
  );
};

/** (e) A family whose hospital costs eat its income; a deadline is missed, escalated and extended. */
export const hospitalCosts: Story = {
  id: 'e',
  title: { zh: '马国强一家（妻子透析）', en: 'Ma Guoqiang’s family (马国强), whose hospital costs eat their income' },
  tell: async (world, book, seed) => {
    const start = await today(world);
    const open = await handIn(world, book, seed);
    const aid = await quickAid(world, book, seed);
    if (world.canAdvance) {
      await missedDeadline(open, () => papersAfter(world, book, aid));
      await extension(open);
    } else {
      await book.leaveOut(
        '此处时间不能推进：逾期、提醒与升级不在此讲述。',
        'Time cannot be moved here: the missed deadline is left out.',
      );
    }
    await passTo(world, hourOf(workingDay(start, 23), 10));
    await assess(open);
    await passTo(world, hourOf(workingDay(start, 30), 17));
    const ending = await confirm(open, staff.approver);
    check(open, ending, start);
    await book.tell(
      '第三十个工作日，县级确认：刚性支出困难家庭。此层级没有按月现金，但据此可获医疗、教育等专项救助。',
      'On the thirtieth working day the county confirms: a rigid-expenditure household. No monthly cash goes with this tier; it opens special aid such as medical and education assistance.',
    );
    return ending;
  },
};
