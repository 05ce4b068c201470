import { setTimeout as pause } from 'node:timers/promises';
import type { SubmitApplicationBody, SubmittedApplication } from '../contracts/api/applications.ts';
import type { NoticeView } from '../contracts/api/notices.ts';
import type { DeterminationView, ReviewView, TraceView } from '../contracts/api/reviews.ts';
import type { TaskDetail, TaskView } from '../contracts/api/tasks.ts';
import type { Language } from '../contracts/problems.ts';
import { type LocalDate, plusDays } from '../domain/dates.ts';
import { addWorkingDays, isWorkingDay } from '../domain/deadlines/working-days.ts';
import type { TaskKind } from '../domain/lifecycles/task.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { type Chronicle, today } from './chronicle.ts';
import { type Answer, call, granted } from './client.ts';
import { staff } from './staff.ts';
import type { Person, World } from './world.ts';

/** One family's application on its way. */
export interface Case {
  readonly world: World;
  readonly book: Chronicle;
  readonly submitted: SubmittedApplication;
  readonly body: SubmitApplicationBody;
}

/** How a story ended: the decision, as both languages tell it, and all its tests. Null when it could not be told to the end. */
export interface Ending {
  readonly submitted: SubmittedApplication;
  readonly determination: DeterminationView;
  readonly reasons: Readonly<Record<Language, readonly string[]>>;
  readonly appeal: Readonly<Record<Language, string>>;
  readonly trace: TraceView;
}

const tries = 40;
const pauseMs = 250;

/** Reads until there is something to read: work goes on between an answer and what follows from it. Throws after ten seconds. */
export const eventually = async <Value>(
  world: World,
  what: string,
  read: () => Promise<Value | undefined>,
): Promise<Value> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    await world.settle();
    const value = await read();
    if (value !== undefined) return value;
    await pause(pauseMs);
  }
  throw new Error(`there is still no ${what}`);
};

/** A moment of a day in China, by the hour of its clocks. */
export const hourOf = (date: LocalDate, hour: number): string =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + (hour - 8) * 3_600_000).toISOString();

/** Lets time pass until a moment; where it cannot be moved, or the moment has passed, nothing happens. */
export const passTo = async (world: World, instant: string): Promise<void> => {
  if (world.canAdvance && Date.parse(instant) > Date.parse(await world.now())) await world.advanceTo(instant);
};

/** The date so many working days after another. */
export const workingDay = (from: LocalDate, count: number): LocalDate =>
  addWorkingDays(chinaCalendar, from, count).date;

/** The first working day after a date. */
export const nextWorkingDay = (date: LocalDate): LocalDate =>
  isWorkingDay(chinaCalendar, plusDays(date, 1)) ? plusDays(date, 1) : nextWorkingDay(plusDays(date, 1));

/** Hands an application in, which must succeed. */
export const submit = async (
  world: World,
  book: Chronicle,
  { body, key, by = staff.investigator }: { body: SubmitApplicationBody; key: string; by?: Person },
): Promise<Case> => {
  const { body: submitted } = granted(await call(world, 'submitApplication', { as: by, body, key }));
  book.received(submitted.applicationId);
  return { world, book, submitted, body };
};

/** The id of a member by the short name the application gives. */
export const memberId = ({ submitted }: Case, ref: string): string => {
  const member = submitted.members.find((known) => known.ref === ref);
  if (member === undefined) throw new Error(`the application has no member ${ref}`);
  return member.personId;
};

/** How far the review has got. */
export const readReview = async ({ world, submitted }: Case): Promise<ReviewView> =>
  granted(await call(world, 'readReview', { as: staff.countyWorker, params: { reviewId: submitted.reviewId } })).body;

/** Reads a task, whatever its state. */
export const readTask = async (world: World, taskId: string): Promise<TaskDetail & { version: number | null }> => {
  const { body, version } = granted(await call(world, 'readTask', { as: staff.countyWorker, params: { taskId } }));
  return { ...body, version };
};

/** The open (or escalated) task of a kind, as soon as the review has come to it. */
export const openTask = (open: Case, kind: TaskKind): Promise<TaskDetail & { version: number | null }> =>
  eventually(open.world, `open task ${kind}`, async () => {
    const { tasks } = await readReview(open);
    const task = tasks.find((known) => known.kind === kind && ['open', 'escalated'].includes(known.state));
    return task && readTask(open.world, task.taskId);
  });

/** What a visit found, by kind of fact; `ref` is the member it is about. */
export interface Finding {
  readonly kind: string;
  readonly ref?: string;
  readonly value: number | boolean;
}

/** Two investigators visit and sign; one of them hands in what they found. */
export const visit = async (
  open: Case,
  { findings = [], second = staff.secondInvestigator }: { findings?: readonly Finding[]; second?: Person } = {},
): Promise<void> => {
  const { world } = open;
  const { taskId, version } = await openTask(open, 'field-assessment');
  const body = {
    kind: 'field-assessment' as const,
    visitedOn: await today(world),
    investigators: [staff.investigator.subject, second.subject],
    findings: findings.map(({ kind, ref, value }) => ({
      kind,
      value,
      ...(ref === undefined ? {} : { personId: memberId(open, ref) }),
    })),
  };
  granted(await call(world, 'completeTask', { as: staff.investigator, params: { taskId }, body, ifMatch: version }));
};

/** The county's decision on a confirmation task. The answer may be a refusal: who assessed may not confirm. */
export const tryToConfirm = (world: World, taskId: string, by: Person): Promise<Answer<TaskView>> =>
  call(world, 'completeTask', {
    as: by,
    params: { taskId },
    body: { kind: 'county-confirmation', decision: 'confirm' },
  });

/** The review's public notice as anyone reads it, as soon as it is out. */
export const publishedNotice = (open: Case): Promise<NoticeView> =>
  eventually(open.world, 'public notice', async () => {
    const { notice } = await readReview(open);
    if (notice?.state !== 'published') return undefined;
    return granted(await call(open.world, 'readNotice', { params: { noticeId: notice.noticeId } })).body;
  });

/** The decision in both languages with its tests, as soon as it is recorded. */
export const conclusion = async (open: Case): Promise<Ending> => {
  const { world, submitted } = open;
  const determinationId = await eventually(
    world,
    'determination',
    async () => (await readReview(open)).determinationId ?? undefined,
  );
  const request = { as: staff.countyWorker, params: { determinationId } };
  const { body: zh } = granted(await call(world, 'readDetermination', { ...request, language: 'zh' }));
  const { body: en } = granted(await call(world, 'readDetermination', { ...request, language: 'en' }));
  const { body: trace } = granted(await call(world, 'readTrace', request));
  return {
    submitted,
    determination: en,
    reasons: { zh: zh.reasons, en: en.reasons },
    appeal: { zh: zh.appeal, en: en.appeal },
    trace,
  };
};

/** The county confirms, and the decision is recorded. */
export const confirm = async (open: Case, by: Person): Promise<Ending> => {
  const { taskId } = await openTask(open, 'county-confirmation');
  granted(await tryToConfirm(open.world, taskId, by));
  return conclusion(open);
};

/** The story ends where days in public would have to pass. */
export const endAtNotice = async ({ book }: Case): Promise<null> => {
  await book.leaveOut(
    '此处时间不能推进：七日公示及其后的步骤不在此讲述。',
    'Time cannot be moved here: the seven days in public, and what follows them, are left out.',
  );
  return null;
};
