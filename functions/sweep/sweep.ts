import { dateInChina, endOfDayInChina, Instant } from '../../domain/dates.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import { noticeLifecycle } from '../../domain/lifecycles/notice.ts';
import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { type Notice, noLongerPublic } from '../../domain/notices/notice.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { forEachAtOnce } from '../at-once.ts';
import { closedIfMet } from '../relay/met-need.ts';
import { type RelayDependencies, relayEvent } from '../relay/relay-event.ts';
import { type FailureOf, plainFailure } from '../relay/relay-failure.ts';
import { type Attempt, inPages, pageSize } from './in-pages.ts';
import { nothingDone, type SweepCounts } from './sweep-counts.ts';
import { sweepReferrals } from './sweep-referrals.ts';
import { sweepReports } from './sweep-reports.ts';

const sweepActor = { role: 'sweep', subject: 'sweep' } as const;
/** Parked events tried again by each sweep: few, since most of them will fail again. */
const parkedAtOnce = 25;
/** The relay takes an event up within seconds; one this old has been lost by the stream or by the relay. */
const strandedAfterMilliseconds = 15 * 60_000;

/**
 * Looks at everything whose time has come: reminds at four fifths of a deadline, escalates what is late, ends notices that have
 * stood their days, erases what was told in reports that ended long ago, passes on events that were left behind. One failure does not keep the rest from being done.
 */
export const sweep = async (
  dependencies: RelayDependencies,
  counties: readonly DivisionCode[],
  onFailure: (error: unknown) => void,
  failureOf: FailureOf = (error, at) => plainFailure(error, 'sweep', at),
): Promise<SweepCounts> => {
  const counts = nothingDone();
  const attempt: Attempt = async (count, work) => {
    try {
      if (await work()) counts[count] += 1;
      return true;
    } catch (error) {
      counts.failed += 1;
      onFailure(error);
      return false;
    }
  };
  await forEachAtOnce(counties, (county) => sweepCounty(dependencies, county, attempt));
  await sweepReferrals(dependencies, counties, { actor: sweepActor, attempt });
  const before = Instant.parse(new Date(Date.parse(dependencies.now()) - strandedAfterMilliseconds).toISOString());
  const noted: FailureOf = (error, at) => {
    onFailure(error);
    return failureOf(error, at);
  };
  await relayStranded(dependencies, before, counts, noted);
  await relayParked(dependencies, counts, failureOf);
  return counts;
};

/** Passes on what was left behind. What fails is noted with its reason, and parked when it has failed too often. */
const relayStranded = async (
  dependencies: RelayDependencies,
  before: Instant,
  counts: SweepCounts,
  failureOf: FailureOf,
): Promise<void> => {
  for (const { place, event } of await dependencies.store.strandedEvents(before, pageSize)) {
    try {
      await relayEvent(dependencies, event());
      counts.eventsRelayed += 1;
    } catch (error) {
      counts.failed += 1;
      if ((await dependencies.store.eventFailed(place, failureOf(error, dependencies.now()))) === 'parked')
        counts.parked += 1;
    }
  }
};

/** What was parked is tried again, a few at a time in turn: what held it up may have been mended. That it still fails is no news. */
const relayParked = async (
  dependencies: RelayDependencies,
  counts: SweepCounts,
  failureOf: FailureOf,
): Promise<void> => {
  for (const { place, event } of await dependencies.store.parkedEvents(parkedAtOnce)) {
    try {
      await relayEvent(dependencies, event());
      await dependencies.store.parkedRelayed(place);
      counts.eventsRelayed += 1;
    } catch (error) {
      await dependencies.store.eventFailed(place, failureOf(error, dependencies.now()));
    }
  }
};

const sweepCounty = async (dependencies: RelayDependencies, county: DivisionCode, attempt: Attempt): Promise<void> => {
  const { store, now } = dependencies;
  const at = now();
  await inPages(
    () => store.tasksNeedingAttention(county, at, pageSize),
    (task) => {
      const late = at >= endOfDayInChina(task.dueOn);
      return attempt(
        late ? 'escalated' : 'reminded',
        async () => !(await closedIfMet(dependencies, task)) && (await raise(dependencies, task, late)),
      );
    },
  );
  await inPages(
    () => store.noticesPast(county, at, pageSize),
    (notice) => attempt('noticesEnded', () => endNotice(dependencies, notice)),
  );
  await sweepReports(dependencies, county, { actor: sweepActor, attempt });
};

const raise = async (dependencies: RelayDependencies, task: Task, late: boolean): Promise<boolean> => {
  const { now, newId } = dependencies;
  const at = now();
  const move = late ? taskLifecycle.escalate : taskLifecycle.remind;
  return stored(dependencies, {
    aggregates: [
      {
        kind: 'task',
        value: {
          ...task,
          version: task.version + 1,
          state: move.to,
          ...(late ? { escalatedAt: at } : { remindedAt: at }),
        },
        from: move.from,
      },
    ],
    event: newEvent(late ? 'TaskEscalated' : 'TaskReminded', at, newId, task),
    actor: sweepActor,
    division: task.division,
  });
};

const endNotice = async (dependencies: RelayDependencies, notice: Notice): Promise<boolean> => {
  const { now, newId } = dependencies;
  const at = now();
  if (dateInChina(at) <= notice.endsOn) return false;
  const move = noticeLifecycle.end;
  return stored(dependencies, {
    aggregates: [{ kind: 'notice', value: noLongerPublic(notice, 'end'), from: move.from }],
    event: newEvent('NoticeEnded', at, newId, notice),
    actor: sweepActor,
    division: notice.division,
  });
};

/** Somebody who finished the task or objected in the same moment was first, and nothing is left to do: false. */
const stored = async ({ store }: RelayDependencies, change: Change): Promise<boolean> =>
  (await store.commit(change)).ok;
