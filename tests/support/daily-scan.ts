import { dynamodbDailyScanStore } from '../../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, LocalDate } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { Household } from '../../domain/households/household.ts';
import type { TaskId } from '../../domain/ids.ts';
import type { lookedIntoKinds, MissedNeedKind } from '../../domain/lifecycles/task.ts';
import type { DailyScan } from '../../domain/missed-needs/daily-scan.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { isMissedNeedTask, type MissedNeedTask } from '../../domain/tasks/task.ts';
import { beginDailyScan } from '../../functions/begin-daily-scan/begin-daily-scan.ts';
import { comparePeople } from '../../functions/compare-people/compare-people.ts';
import { readDailyScan } from '../../functions/daily-scans/read-daily-scan.ts';
import { scanSegment } from '../../functions/scan-segment/scan-segment.ts';
import { completeTask } from '../../functions/tasks/complete-task.ts';
import { householdId as builtHouseholdId, householdOf, person, yuan } from '../unit/domain/household-builder.ts';
import { objectsInMemory } from './objects.ts';
import { payments } from './payments.ts';
import { county, countyWorker } from './people.ts';
import { recordsOf } from './records.ts';
import { bodyOf } from './reviews.ts';
import type { TestRoster } from './roster.ts';

export interface Left {
  readonly decidedOn?: string;
  readonly refusedFor?: Determination['refusedFor'];
  /** Fen a year. */
  readonly wages?: number;
  readonly exitOn?: string;
  /** Of a household that was taken over with it. */
  readonly tier?: Household['tier'];
  /** The day of what is on file. */
  readonly seenOn?: string;
}

/** What is on file about somebody alone with wages of so many fen a year; below 6,000 yuan it is the allowance in 2026. */
const aloneWith = (
  { household: { household }, personId }: ReturnType<typeof recordsOf>,
  { wages = yuan(2_000), exitOn, seenOn = '2026-02-20' }: Left,
) => {
  const facts = exitOn === undefined ? {} : { 'exit.on': exitOn };
  const built = householdOf([{ facts: { 'income.wages': wages } }], {
    asOf: seenOn,
    division: '140121100',
    facts,
  });
  const text = JSON.stringify(built)
    .replaceAll(person(1), personId)
    .replaceAll(builtHouseholdId, household.householdId);
  return Household.parse(JSON.parse(text));
};

/** Daily scans of a roster with the use cases themselves, in the order of the state machine. */
export const dailyScans = (roster: TestRoster) => {
  const objects = objectsInMemory();
  const dependencies: ScanDependencies = {
    ...roster.dependencies,
    scans: dynamodbDailyScanStore(roster.tables, roster.vault),
    objects,
  };
  const { store } = roster;
  const started: DailyScan[] = [];
  const workflow = {
    start: async (scan: DailyScan): Promise<void> => {
      started.push(scan);
    },
  };
  const begin = async (d: ScanDependencies = dependencies): Promise<DailyScan> => {
    await beginDailyScan({ ...d, workflow });
    const last = started.at(-1);
    if (last === undefined) throw new Error('nothing was started');
    return last;
  };
  const walk = async ({ day, segments }: DailyScan, d: ScanDependencies = dependencies): Promise<void> => {
    for (let segment = 0; segment < segments; segment += 1) while (!(await scanSegment(d, { day, segment })).done);
    while (!(await comparePeople(d, { day })).done);
  };
  const read = async (day: LocalDate, by: Principal = countyWorker) => readDailyScan(dependencies, by, day);
  /** The whole scan of the present day, and what it says of a kind of line in the county. */
  const scan = async (): Promise<void> => walk(await begin());
  /** Three in the morning of a day in China. */
  const nightOf = (day: string): void => roster.setTime(new Date(Date.parse(`${day}T03:00:00+08:00`)).toISOString());
  const scanOn = async (day: string): Promise<void> => {
    nightOf(day);
    await scan();
  };
  const counted = async (kind: MissedNeedKind) => {
    const { counties } = bodyOf(await read(dateInChina(roster.at())));
    const line = counties.find((each) => each.county === county)?.lines.find((each) => each.kind.code === kind);
    if (line === undefined) throw new Error(`nothing was counted of ${kind}`);
    const { found, opened, covered } = line;
    return { found, opened, ...covered };
  };
  const tasks = async (): Promise<MissedNeedTask[]> => {
    const code = DivisionCode.parse(county);
    const { items } = await store.openTasks(code, code, 100, null);
    return items.filter(isMissedNeedTask);
  };
  const complete = (taskId: TaskId, kind: (typeof lookedIntoKinds)[number], by: Principal = countyWorker) =>
    completeTask(dependencies, {
      principal: by,
      taskId,
      result: { kind, outcome: 'remedied', note: 'It was paid today.' },
      ifMatch: null,
    });

  /** A household of one that was refused, has left, or was never decided on, and has these wages on file. */
  const left = async (name: string, given: Left) => {
    const { decidedOn, refusedFor = 'no-tier', tier = 'NONE' } = given;
    const records = recordsOf(name);
    const refused: Determination = {
      ...records.determination,
      outcome: 'refused',
      refusedFor,
      decidedOn: LocalDate.parse(decidedOn ?? '2026-02-10'),
      payableFrom: null,
      tier: 'NONE',
      memberTiers: [],
      entitlements: [],
    };
    const value = {
      ...records.household,
      household: { ...aloneWith(records, given), tier },
      determinationId: decidedOn === undefined ? null : refused.determinationId,
    };
    const result = await store.commit(
      records.change([
        { kind: 'household', value },
        ...(decidedOn === undefined ? [] : [{ kind: 'determination', value: refused } as const]),
      ]),
    );
    if (!result.ok) throw new Error(JSON.stringify(result));
    return records;
  };
  /** Has a household apply, so that it is being reviewed. */
  const applies = async ({ application, review, change }: ReturnType<typeof recordsOf>): Promise<void> => {
    const result = await store.commit(
      change(
        [
          { kind: 'application', value: application, from: [] },
          { kind: 'review', value: review, from: [] },
        ],
        { number: 2 },
      ),
    );
    if (!result.ok) throw new Error(JSON.stringify(result));
  };
  return {
    ...payments(roster),
    dependencies,
    objects,
    started,
    begin,
    walk,
    scan,
    nightOf,
    scanOn,
    read,
    counted,
    tasks,
    complete,
    left,
    applies,
  };
};
