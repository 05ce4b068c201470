import type { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import { TaskResult } from '../../contracts/api/tasks.ts';
import { Instant } from '../../domain/dates.ts';
import { newestFacts } from '../../domain/disclosure/newest-facts.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { MissedNeedTask } from '../../domain/tasks/task.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { completeTask } from '../../functions/tasks/complete-task.ts';
import { randomFrom } from '../faults/random.ts';
import { dailyScans } from '../support/daily-scan.ts';
import { householdChanges } from '../support/household-changes.ts';
import { alone, countyWorker, investigators, townshipWorker } from '../support/people.ts';
import { violationsIn } from '../support/recount.ts';
import { bodyOf, reviewSteps } from '../support/reviews.ts';
import { startRoster, type TestRoster } from '../support/roster.ts';

/** What came of the months. */
export interface ReviewCounts {
  readonly days: number;
  readonly households: number;
  readonly due: number;
  readonly tasks: number;
  readonly done: number;
  /** Reviews that were due and have no task, tasks of which no review was due that day, and what the recount finds. */
  readonly violations: readonly string[];
}

const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 2, 2);
const dayOf = (number: number): string => new Date(firstDay + number * dayMs).toISOString().slice(0, 10);

/** The day after so many months; where its month has no such day, the first of the next. Arithmetic of the proof's own. */
const afterMonths = (day: string, months: number): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const at = date <= lastOfMonth ? Date.UTC(year, month - 1 + months, date) : Date.UTC(year, month + months, 1);
  return new Date(at).toISOString().slice(0, 10);
};
const afterDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** Facts of income and property are too old from this many days on (`stale.*` of the pack). */
const daysUntilOld = 366;

/** After so many days a household is asked about again that was to be decided on, and was not. */
const daysToPutRight = 30;

/** Who lives in a household, and after how many months the law has it reviewed. */
const kinds: readonly { readonly months: number; readonly applies: (signedOn: string) => SubmitApplicationBody }[] = [
  { months: 12, applies: (signedOn) => alone({ signedOn, birthDate: '1958-03-12' }) },
  { months: 6, applies: (signedOn) => alone({ signedOn }) },
  { months: 6, applies: (signedOn) => alone({ signedOn, birthDate: '1957-01-20', wages: 120_000 }) },
  { months: 12, applies: (signedOn) => alone({ signedOn, birthDate: '1950-11-02', capableSupporters: 0 }) },
];

/** What somebody who is taken over with a tier had looked at before: the days lie so that the first falls due soon, the others later. */
const takenOverSeenOn = ['2025-09-20', '2025-10-31', '2026-02-11'] as const;

/** A household in the book: by which everything that is due is known without asking the platform. */
interface Booked {
  readonly householdId: HouseholdId;
  readonly months: number;
  /** Taken over with its tier, without a decision: it is asked about until something is decided. */
  readonly isTakenOver: boolean;
  /** The day on which its review falls due; while one is open there is no other. */
  due: string;
  /** The day on which somebody will do the one that is open, and how long before that day the visit is. */
  doneOn: string | null;
  visitedBefore: number;
}

/** A review counts from the decision or the last review, and is brought forward where facts are too old, though not into a month after. */
const dueAfter = (last: string, factsOf: string, months: number): string => {
  const usual = afterMonths(last, months);
  const old = afterDays(factsOf, daysUntilOld);
  const [earliest = usual] = [usual, old].toSorted();
  return [earliest, afterMonths(last, 1)].toSorted().at(-1) ?? usual;
};

const platform = (roster: TestRoster) => {
  const steps = reviewSteps(roster.dependencies);
  const scans = dailyScans(roster);
  const of = householdChanges(roster);
  const county = DivisionCode.parse('140121');
  const at = (day: string, hour: number): void =>
    roster.setTime(Instant.parse(new Date(Date.parse(day) + (hour - 8) * 3_600_000).toISOString()));
  return {
    night: async (day: string): Promise<void> => {
      at(day, 3);
      await scans.scan();
    },
    decide: async (day: string, body: SubmitApplicationBody): Promise<HouseholdId> => {
      at(day, 10);
      const { householdId, reviewId } = await steps.submitToConfirmation(body);
      await steps.confirm(reviewId);
      await steps.record(reviewId);
      return householdId;
    },
    /** Does the open review of a household: what was known is found again, as of the day of the visit. */
    review: async (day: string, householdId: HouseholdId, visitedOn: string): Promise<void> => {
      at(day, 15);
      const open = (await scans.tasks()).filter((task) => task.householdId === householdId);
      const task = open.find(({ kind }) => kind === 'periodic-review');
      if (task === undefined) return;
      const { facts } = (await of.stored(householdId)).household;
      const findings = newestFacts(facts).map(({ kind, subject, value }) => ({
        kind,
        personId: subject === householdId ? null : subject,
        value,
      }));
      const result = TaskResult.parse({ kind: 'periodic-review', visitedOn, investigators, findings });
      const { taskId } = task;
      bodyOf(await completeTask(roster.dependencies, { principal: townshipWorker, taskId, result, ifMatch: null }));
      await of.relayed(['HouseholdReviewed', 'HouseholdRedecided']);
    },
    takeOver: async (seenOn: string): Promise<HouseholdId> => {
      const { household } = await scans.left(`taken over ${seenOn}`, { tier: 'MINIMUM_LIVING_ALLOWANCE', seenOn });
      return household.household.householdId;
    },
    /** Looks into a household that was taken over, and leaves it undecided. */
    lookInto: async (day: string, householdId: HouseholdId, outcome: 'remedied' | 'nothing-missing'): Promise<void> => {
      at(day, 15);
      const task = (await scans.tasks()).find((each) => each.householdId === householdId);
      if (task === undefined) return;
      const result = TaskResult.parse({ kind: 'undecided-in-hardship', outcome, note: 'We have been there.' });
      const { taskId } = task;
      bodyOf(await completeTask(roster.dependencies, { principal: countyWorker, taskId, result, ifMatch: null }));
    },
    /** Every task there has ever been to look at a household again. */
    tasks: async (): Promise<readonly Pick<MissedNeedTask, 'householdId' | 'foundOn' | 'state'>[]> =>
      (await roster.items('roster')).filter(
        ({ pk, kind }) =>
          String(pk).startsWith('TASK#') && (kind === 'periodic-review' || kind === 'undecided-in-hardship'),
      ) as never,
    recounted: async (): Promise<readonly string[]> => {
      for (let round = 0; round < 2; round += 1) {
        await sweep({ ...roster.dependencies, workflows: of.workflows }, [county], (error) => {
          throw error;
        });
      }
      return violationsIn(roster);
    },
  };
};

/**
 * Lives through many days with households of every tier that is reviewed, and some that were taken over with theirs: each is decided on a day
 * of its own, every night is scanned, and people do what is due sooner or later. The reviews that the book says were due, and the tasks that were made, are the same.
 */
export const runReviews = async (
  roster: TestRoster,
  { households, days, seed }: { readonly households: number; readonly days: number; readonly seed: number },
  say: (text: string) => void,
): Promise<ReviewCounts> => {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const starts = Array.from({ length: households }, () => below(45));
  const { night, decide, review, takeOver, lookInto, tasks, recounted } = platform(roster);
  const booked: Booked[] = [];
  for (const seenOn of takenOverSeenOn) {
    const householdId = await takeOver(seenOn);
    const due = afterMonths(seenOn, 6);
    booked.push({ householdId, months: 6, isTakenOver: true, due, doneOn: null, visitedBefore: 0 });
  }
  const expected: string[] = [];
  let done = 0;
  for (let number = 0; number < days; number += 1) {
    const day = dayOf(number);
    await night(day);
    for (const each of booked) {
      if (each.doneOn === null && each.due === day) {
        expected.push(`${each.householdId} ${day}`);
        each.doneOn = afterDays(day, below(45));
        each.visitedBefore = below(10);
      }
      if (each.doneOn === day && each.isTakenOver) {
        const outcome = below(2) === 0 ? 'remedied' : 'nothing-missing';
        await lookInto(day, each.householdId, outcome);
        done += 1;
        each.doneOn = null;
        each.due = outcome === 'remedied' ? afterDays(day, daysToPutRight) : afterMonths(day, each.months);
      } else if (each.doneOn === day) {
        const visitedOn = afterDays(day, -each.visitedBefore);
        await review(day, each.householdId, visitedOn);
        done += 1;
        each.doneOn = null;
        each.due = dueAfter(day, visitedOn, each.months);
      }
    }
    for (const [index, start] of starts.entries()) {
      if (start !== number) continue;
      const { months, applies } = kinds[index % kinds.length] ?? { months: 12, applies: () => alone() };
      const householdId = await decide(day, applies(day));
      const due = dueAfter(day, day, months);
      booked.push({ householdId, months, isTakenOver: false, due, doneOn: null, visitedBefore: 0 });
    }
    if (number % 60 === 59) say(`${day}: ${expected.length} reviews have fallen due, ${done} are done`);
  }
  const made = (await tasks()).map(({ householdId, foundOn }) => `${householdId} ${foundOn}`);
  const [wanted, found] = [new Set(expected), new Set(made)];
  return {
    days,
    households: booked.length,
    due: expected.length,
    tasks: made.length,
    done,
    violations: [
      ...expected.filter((each) => !found.has(each)).map((each) => `${each}: due, and no task was made`),
      ...made.filter((each) => !wanted.has(each)).map((each) => `${each}: a task, and nothing was due`),
      ...(made.length === found.size ? [] : [`${made.length - found.size} tasks were made twice`]),
      ...(await recounted()),
    ],
  };
};

/** The same with a roster of its own. */
export const provenReviews = async (
  options: { readonly households: number; readonly days: number; readonly seed: number },
  say: (text: string) => void,
): Promise<ReviewCounts> => {
  const roster = await startRoster();
  try {
    return await runReviews(roster, options, say);
  } finally {
    await roster.stop();
  }
};
