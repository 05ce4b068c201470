import { DivisionCode } from '../../domain/people/divisions.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { county } from '../support/people.ts';
import { rememberingWorkflows } from '../support/reviews.ts';
import type { TestRoster } from '../support/roster.ts';
import { type Begun, beginEverything, type Standing } from './deadlines.ts';

/** What came of everything that has a deadline while the clock was moved on. */
export interface ClockCounts {
  /** Deadlines that were set, and what became of them. */
  readonly deadlines: number;
  readonly met: number;
  readonly extended: number;
  readonly escalated: number;
  readonly ended: number;
  readonly reminded: number;
  readonly hours: number;
  /** What was not as it should be in some hour, in words. */
  readonly violations: readonly string[];
}

const hourMs = 3_600_000;
/** Just before something is due, for those who act in time. */
const justBeforeMs = 1_000;
/** Longer than any deadline with its extension. */
const longestMs = 200 * 24 * hourMs;

/** What is wrong with something at a moment after a sweep, by its own deadline and what people did about it. */
const wrongWith = ({ name, ends }: Begun, standing: Standing, now: number): readonly string[] => {
  const { remindAt, dueAt, isOver, isReminded, isEscalated } = standing;
  const isDue = now >= dueAt;
  const wrong: string[] = [];
  const say = (what: string): void => void wrong.push(`${name}: ${what} at ${new Date(now).toISOString()}`);
  if (ends) {
    if (isDue !== isOver) say(isDue ? 'not ended in the hour it fell due' : 'ended before it was due');
    return wrong;
  }
  if (isOver) return isEscalated ? [`${name}: escalated though it was met`] : [];
  if (isDue && !isEscalated) say('neither met nor escalated in the hour it fell due');
  if (!isDue && isEscalated) say('escalated before it was due');
  if (!isDue && isReminded !== now >= remindAt)
    say(isReminded ? 'reminded of too early' : 'not reminded of in its hour');
  return wrong;
};

/** The next moment something happens by itself; none when nothing more will. */
const nextMoment = (standings: readonly Standing[], now: number): number | undefined => {
  const moments = standings.flatMap(({ remindAt, dueAt, isOver }) => (isOver ? [] : [remindAt, dueAt]));
  return moments.filter((moment) => moment > now && Number.isFinite(moment)).toSorted((one, other) => one - other)[0];
};

/**
 * Moves the clock from hour to hour past every deadline there is, with people who let it pass, act in the last second, or have it
 * extended in the last second. After the sweep of every hour, each is met, moved or escalated if it fell due, and untouched if not.
 */
export const runClock = async (roster: TestRoster): Promise<ClockCounts> => {
  const begun = await beginEverything(roster);
  const beginning = Date.parse(roster.at());
  const workflows = rememberingWorkflows();
  const violations: string[] = [];
  const extended = new Set<string>();
  const acted = new Set<string>();
  let hours = 0;

  const lookAtAll = () => Promise.all(begun.map((each) => each.look()));
  const sweepNow = async (): Promise<void> => {
    await sweep({ ...roster.dependencies, workflows }, [DivisionCode.parse(county)], (error) =>
      violations.push(`the sweep failed: ${error instanceof Error ? error.message : String(error)}`),
    );
    const standings = await lookAtAll();
    const now = Date.parse(roster.at());
    begun.forEach((each, index) => {
      const standing = standings[index];
      if (standing !== undefined) violations.push(...wrongWith(each, standing, now));
    });
    hours += 1;
  };
  /** Those whose last second it is do what they do, before the sweep of the hour. */
  const actInTime = async (until: number): Promise<void> => {
    for (const each of begun) {
      const { dueAt } = await each.look();
      if (dueAt > until || acted.has(each.name)) continue;
      acted.add(each.name);
      roster.setTime(new Date(dueAt - justBeforeMs).toISOString());
      await each.act();
      const after = await each.look();
      if (after.dueAt > dueAt && !after.isOver) extended.add(each.name);
    }
  };

  let now = beginning;
  for (;;) {
    const next = nextMoment(await lookAtAll(), now);
    if (next === undefined || next > beginning + longestMs) break;
    // The last full hour before it, where nothing may happen yet, and the one in which it has to.
    const before = beginning + Math.floor((next - beginning - 1) / hourMs) * hourMs;
    for (const at of [before, before + hourMs]) {
      if (at <= now) continue;
      await actInTime(at);
      now = at;
      roster.setTime(new Date(now).toISOString());
      await sweepNow();
    }
  }

  const standings = await lookAtAll();
  const count = (is: (each: Begun, standing: Standing) => boolean): number =>
    begun.filter((each, index) => {
      const standing = standings[index];
      return standing !== undefined && is(each, standing);
    }).length;
  return {
    deadlines: begun.length,
    met: count(({ conduct }, { isOver }) => conduct === 'met' && isOver),
    extended: extended.size,
    escalated: count((_, { isEscalated }) => isEscalated),
    ended: count(({ ends }, { isOver }) => ends && isOver),
    reminded: count((_, { isReminded }) => isReminded),
    hours,
    violations,
  };
};
