import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, endOfDayInChina, Instant } from '../../domain/dates.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { bringAbout, type Request } from '../faults/people.ts';
import type { World } from '../faults/world.ts';
import { investigators, principal } from '../support/people.ts';
import type { Family } from './book.ts';
import { sweep } from './households.ts';

/** The offices of a county: who takes applications, works on cases, decides and releases. */
export interface Offices {
  readonly county: DivisionCode;
  readonly township: string;
  readonly taker: Principal;
  readonly worker: Principal;
  readonly approver: Principal;
}
const officesOf = (county: string, township: string): Offices => ({
  county: DivisionCode.parse(county),
  township,
  taker: principal('township-worker', township, investigators[0]),
  worker: principal('county-worker', county, `worker-of-${county}`),
  approver: principal('approver', county, `approver-of-${county}`),
});
export const places: readonly Offices[] = [officesOf('140121', '140121100'), officesOf('140105', '140105001')];

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const mostTurns = 80;

export interface Life {
  readonly world: World;
  readonly random: () => number;
  readonly families: Family[];
  /** How often what has happened, by its name. */
  readonly happened: Record<string, number>;
  readonly violations: string[];
  /** Numbers that nobody else has had: of keys of requests. */
  readonly number: () => number;
  /** How many were born on a day, by the day: a resident ID tells them apart by no more than three digits. */
  readonly born: Map<string, number>;
}

export const officesFor = ({ county }: Pick<Family, 'county'>): Offices => {
  const found = places.find((offices) => offices.county === county);
  if (found === undefined) throw new Error(`nobody works in ${county}`);
  return found;
};
/** Notes that something has happened. */
export const note = ({ happened }: Life, what: string): void => {
  happened[what] = (happened[what] ?? 0) + 1;
};
export const today = ({ world }: Life) => dateInChina(Instant.parse(new Date(world.now()).toISOString()));
export const monthOf = (life: Life): string => today(life).slice(0, 7);
export const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

export const sweepAll = (world: World): Promise<void> =>
  sweep(
    world,
    places.map(({ county }) => county),
  );

/** Moves the clock to the morning of a day of a month, in China, and sweeps. */
export const passTo = async ({ world }: Life, month: string, day: number): Promise<void> => {
  const at = Date.parse(`${month}-${String(day).padStart(2, '0')}T01:00:00.000Z`);
  if (at > world.now()) world.pass(at - world.now());
  await sweepAll(world);
};

/** Whoever does something takes a moment: of two decisions one is the later. */
export const takeAMoment = (world: World): void => world.pass(secondMs);

/** What an officer makes of a task: grants what the rules give; what a later decision has overtaken, as a refusal says, is left. */
const resultOf = ({ kind, openedAt, ...task }: Task, { taker, approver, worker }: Offices, wasRefused: boolean) => {
  switch (kind) {
    case 'field-assessment':
      return {
        as: taker,
        body: { kind, visitedOn: openedAt.slice(0, 10), investigators: [...investigators], findings: [] },
      };
    case 'county-confirmation':
      return { as: approver, body: { kind, decision: 'confirm' } };
    case 'policy-change-check': {
      const isUndecided = !('determinationId' in task) || task.determinationId === undefined;
      return { as: approver, body: { kind, decision: isUndecided || wasRefused ? 'keep' : 'confirm' } };
    }
    default:
      throw new Error(`${worker.subject} does not know what to do with a task ${kind}`);
  }
};

const complete = ({ world }: Life, task: Task, offices: Offices): Promise<void> => {
  let attempts = 0;
  return bringAbout(world, async (): Promise<Request | undefined> => {
    const now = await world.observer.task(task.taskId);
    if (now === undefined || now.state === 'completed' || now.state === 'cancelled') return undefined;
    attempts += 1;
    takeAMoment(world);
    return { operation: 'completeTask', params: { taskId: task.taskId }, ...resultOf(now, offices, attempts > 1) };
  });
};

/** Lets officers do what lies on their desks until nothing is left that waits for them, and the days of notices pass. */
export const attend = async (life: Life): Promise<void> => {
  const { world } = life;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    await world.settle();
    let done = 0;
    let lastDay = '';
    for (const offices of places) {
      const { items: tasks } = await world.observer.openTasks(offices.county, offices.county, 200, null);
      for (const task of tasks) await complete(life, task, offices);
      done += tasks.length;
      for (const { endsOn } of (await world.observer.publishedNotices(offices.county, 200, null)).items)
        if (endsOn > lastDay) lastDay = endsOn;
    }
    if (done > 0) continue;
    if (lastDay === '') return;
    world.pass(Date.parse(endOfDayInChina(lastDay as never)) - world.now() + minuteMs);
    await sweepAll(world);
  }
  throw new Error('the desks never get empty');
};
