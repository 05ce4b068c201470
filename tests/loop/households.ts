import { endOfDayInChina } from '../../domain/dates.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { bringAbout, obtain, type Request } from '../faults/people.ts';
import type { World } from '../faults/world.ts';
import { approver, county, coupleBody, investigators, townshipWorker } from '../support/people.ts';

export const countyCode = DivisionCode.parse(county);
const minuteMs = 60_000;
const mostTurns = 60;
/** An event older than this has been lost, and the sweep passes it on. */
const strandedAfterMs = 16 * minuteMs;
/** So many people are at work at the same time. */
const handsAtOnce = 6;

/** Does something with each of many, some at a time. */
export const each = async <Thing>(things: readonly Thing[], act: (thing: Thing) => Promise<unknown>): Promise<void> => {
  const waiting = [...things];
  const work = async (): Promise<void> => {
    for (let thing = waiting.shift(); thing !== undefined; thing = waiting.shift()) await act(thing);
  };
  await Promise.all(Array.from({ length: handsAtOnce }, work));
};

/** Sweeps counties as the schedule would: a sweep that failed is called again. */
export const sweep = async (world: World, counties: readonly DivisionCode[] = [countyCode]): Promise<void> => {
  const event = JSON.stringify({ counties });
  for (let attempt = 0; attempt < 4; attempt += 1) if ((await world.invoke('sweep', event)).ok) return;
};

/** A couple; in every fourth the husband is severely disabled, so that other departments are asked for other things. */
const householdOf = (number: number): unknown => {
  const body = coupleBody({ transfer: 30_000 + (number % 50) * 1_000 });
  const [husband, wife] = body.members;
  if (husband === undefined || wife === undefined) throw new Error('there is no couple');
  if (number % 4 !== 1) return body;
  return {
    ...body,
    members: [{ ...husband, disability: { category: 'physical', level: 1 } }, wife],
    papers: [...body.papers, { kind: 'disability-certificate', member: 'husband' }],
  };
};

const resultOf = ({ kind, openedAt }: Task): { as: typeof approver; body: unknown } => {
  if (kind === 'field-assessment')
    return {
      as: townshipWorker,
      body: { kind, visitedOn: openedAt.slice(0, 10), investigators: [...investigators], findings: [] },
    };
  if (kind === 'county-confirmation') return { as: approver, body: { kind, decision: 'confirm' } };
  throw new Error(`a household of the loop has come to a task of another kind: ${kind}`);
};

const complete = (world: World, task: Task): Promise<void> =>
  bringAbout(world, async (): Promise<Request | undefined> => {
    const now = await world.observer.task(task.taskId);
    if (now === undefined || now.state === 'completed' || now.state === 'cancelled') return undefined;
    return { operation: 'completeTask', params: { taskId: task.taskId }, ...resultOf(task) };
  });

/** Hands in an application for each of so many households, and leads all of them to their decision, as people would. */
export const decideHouseholds = async (world: World, count: number): Promise<void> => {
  await each(
    Array.from({ length: count }, (_, number) => number),
    (number) =>
      obtain(world, {
        operation: 'submitApplication',
        as: townshipWorker,
        body: householdOf(number),
        key: `the-key-of-household-${number}`,
      }),
  );
  for (let turn = 0; turn < mostTurns; turn += 1) {
    await world.settle();
    const tasks = (await world.observer.openTasks(countyCode, countyCode, 200, null)).items;
    const notices = (await world.observer.publishedNotices(countyCode, 200, null)).items;
    if (tasks.length > 0) await each(tasks, (task) => complete(world, task));
    else if (notices.length > 0) {
      const last = notices
        .map(({ endsOn }) => endsOn)
        .toSorted()
        .at(-1);
      if (last !== undefined) world.pass(Date.parse(endOfDayInChina(last)) - world.now() + minuteMs);
      await sweep(world);
    } else if (isDecided(world)) return;
    else {
      world.pass(strandedAfterMs);
      await sweep(world);
    }
  }
  throw new Error('the households come to no decision');
};

const isDecided = (world: World): boolean =>
  world.executions().every(({ status, machine }) => status !== 'RUNNING' || !machine.endsWith(':classified-review'));
