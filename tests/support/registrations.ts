import type { DailyScanView } from '../../contracts/api/daily-scans.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import type { Household } from '../../domain/households/household.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { isMissedNeedTask, type MissedNeedTask, type TaskCompletion } from '../../domain/tasks/task.ts';
import { completeTask } from '../../functions/tasks/complete-task.ts';
import type { dailyScans } from './daily-scan.ts';
import { county, countyWorker, otherCounty, otherTownship, principal, residentId, township } from './people.ts';
import { recordsOf } from './records.ts';
import { bodyOf } from './reviews.ts';
import type { TestRoster } from './roster.ts';

type Member = Household['members'][number];
interface Registered {
  readonly name?: string;
  readonly number?: string | null;
  readonly division?: string;
  readonly birthDate?: string;
  readonly member?: Partial<Member>;
  readonly refused?: boolean;
}

/** The kind of task. */
export const doubles = 'possible-double-registration' as const;
export const provincial = principal('provincial', '14', 'feng-province');
const born = '1958-03-12';
/** A resident ID that fits whoever is registered here. */
export const numberOf = (sequence: number): string => residentId(born, sequence);

/** The number of the first, mistyped in its last character. */
export const mistyped = `${numberOf(31).slice(0, -1)}${numberOf(31).endsWith('0') ? '1' : '0'}`;

/** People who are registered, some of them twice, and what a night and the counties make of it. */
export const registrations = (roster: TestRoster, of: ReturnType<typeof dailyScans>) => {
  /** Somebody alone on the roster. */
  const register = async (
    which: string,
    { name = '张老三', number = null, division = township, birthDate = born, member = {}, refused = false }: Registered,
  ) => {
    const records = recordsOf(which);
    const place = DivisionCode.parse(division);
    const { household, personId } = records;
    const determination: Determination = {
      ...records.determination,
      ...{ division: place, outcome: 'refused', refusedFor: 'no-tier', payableFrom: null, tier: 'NONE' },
      ...{ memberTiers: [], entitlements: [] },
    };
    const value = {
      ...household,
      identities: [{ personId, name, residentId: number }],
      determinationId: refused ? determination.determinationId : null,
      applicationId: null,
      household: {
        ...household.household,
        ...{ registeredDivision: place, residenceDivision: place, facts: [] },
        members: household.household.members.map((each) => ({ ...each, birthDate: birthDate as never, ...member })),
      },
    };
    const result = await roster.store.commit(
      records.change([
        { kind: 'household', value },
        ...(refused ? [{ kind: 'determination', value: determination } as const] : []),
      ]),
    );
    if (!result.ok) throw new Error(JSON.stringify(result));
    return { personId, value, householdId: value.household.householdId };
  };

  const scanOn = async (day: string): Promise<DailyScanView> => {
    await of.scanOn(day);
    return bodyOf(await of.read(dateInChina(roster.at()), provincial));
  };
  const linesOf = ({ counties }: DailyScanView) =>
    counties.flatMap(({ county: code, lines }) =>
      lines.flatMap(({ kind: { code: line }, found, opened, covered }) =>
        line === doubles && found > 0 ? [{ code, found, opened, byTask: covered.byTask }] : [],
      ),
    );
  const tasksIn = async (code: string): Promise<MissedNeedTask[]> => {
    const division = DivisionCode.parse(code);
    const { items } = await roster.store.openTasks(division, division, 100, null);
    return items.filter(isMissedNeedTask).filter((task) => task.kind === doubles);
  };
  const openTasks = async (): Promise<MissedNeedTask[]> => [
    ...(await tasksIn(county)),
    ...(await tasksIn(otherCounty)),
  ];
  const complete = async (
    task: MissedNeedTask | undefined,
    outcome: Extract<TaskCompletion['outcome'], 'remedied' | 'nothing-missing'>,
    by = countyWorker,
  ) => {
    if (task === undefined) throw new Error('there is no task');
    const result = { kind: doubles, outcome, note: 'Both counties have looked at the papers.' };
    return bodyOf(await completeTask(of.dependencies, { principal: by, taskId: task.taskId, result, ifMatch: null }));
  };

  /** The same person in two counties, the second time under a number that was mistyped. */
  const listedTwice = async () => {
    const first = await register('first', { number: numberOf(31) });
    const second = await register('second', { number: mistyped, division: otherTownship });
    return { first, second };
  };

  return { register, listedTwice, scanOn, linesOf, tasksIn, openTasks, complete };
};
