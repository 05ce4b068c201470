import { reviewTaskKinds } from '../../../domain/lifecycles/task.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { awaitNotice } from '../../../functions/await-notice/await-notice.ts';
import { checkCompleteness } from '../../../functions/check-completeness/check-completeness.ts';
import { evaluateTiers } from '../../../functions/evaluate-tiers/evaluate-tiers.ts';
import { openTask } from '../../../functions/open-task/open-task.ts';
import { recordDetermination } from '../../../functions/record-determination/record-determination.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { verifyMeans } from '../../../functions/verify-means/verify-means.ts';
import { rememberingWorkflows } from '../../support/reviews.ts';
import { type Planted, type PlantedStates, plant } from '../bundle.ts';
import type { Violations } from '../violations.ts';
import type { World } from '../world.ts';
import { readTables, type Table } from './tables.ts';

export interface StepCounts {
  readonly steps: number;
  /** Records whose state a step has changed. */
  readonly moves: number;
}

const attack = 'steps';

interface Step {
  readonly name: string;
  readonly actor: 'workflow' | 'sweep';
  readonly run: (world: World, planted: Planted) => Promise<unknown>;
}

const county = DivisionCode.parse('140121');
const steps: readonly Step[] = [
  {
    name: 'check-completeness',
    actor: 'workflow',
    run: ({ roster }, { review }) => checkCompleteness(roster.dependencies, review.reviewId),
  },
  {
    name: 'verify-means',
    actor: 'workflow',
    run: ({ roster }, { review }) => verifyMeans(roster.dependencies, review.reviewId),
  },
  ...(['first-opinion', 'preliminary-review'] as const).map(
    (stage): Step => ({
      name: `evaluate-tiers ${stage}`,
      actor: 'workflow',
      run: ({ roster }, { review }) => evaluateTiers(roster.dependencies, review.reviewId, stage),
    }),
  ),
  ...reviewTaskKinds.map(
    (kind): Step => ({
      name: `open-task ${kind}`,
      actor: 'workflow',
      run: ({ roster }, { review }) => openTask(roster.dependencies, review.reviewId, kind, 'a token'),
    }),
  ),
  {
    name: 'await-notice',
    actor: 'workflow',
    run: ({ roster }, { review }) => awaitNotice(roster.dependencies, review.reviewId, 'a token'),
  },
  {
    name: 'record-determination',
    actor: 'workflow',
    run: ({ roster }, { review }) => recordDetermination(roster.dependencies, review.reviewId),
  },
];

/** Records of a case whose states a step may change, by their lifecycle. */
const statesOf = async (
  { roster: { store } }: World,
  planted: Planted,
): Promise<Readonly<Record<string, string | undefined>>> => ({
  application: (await store.application(planted.application.applicationId))?.state,
  review: (await store.review(planted.review.reviewId))?.state,
  task: (await store.task(planted.task.taskId))?.state,
  notice: (await store.notice(planted.notice.noticeId))?.state,
});

/** The states of a case, one at a time set to each there is; the others are as in a case under way. */
const plantings = (tables: readonly Table[]): { name: string; states: PlantedStates }[] =>
  tables
    .filter(({ name }) => ['application', 'review', 'task', 'notice'].includes(name))
    .flatMap(({ name, states }) =>
      states.map((state) => ({ name: `${name} ${state}`, states: { [name]: state } as PlantedStates })),
    );

/**
 * Runs every step of the workflow on a case in every state, also in states it would never meet there. Whether it fails, answers or
 * does something: what it moves has to be a move of the table that the system may make.
 */
export const runSteps = async (
  world: World,
  violations: Violations,
  only?: string,
  given?: readonly Table[],
): Promise<StepCounts> => {
  const tables = given ?? (await readTables());
  const counts = { steps: 0, moves: 0 };
  const judge = async (
    name: string,
    actor: string,
    planted: Planted,
    before: Readonly<Record<string, string | undefined>>,
  ) => {
    counts.steps += 1;
    for (const [record, after] of Object.entries(await statesOf(world, planted))) {
      const from = before[record] ?? '';
      if (after === from) continue;
      counts.moves += 1;
      const moves = Object.values(tables.find((table) => table.name === record)?.moves ?? {});
      if (!moves.some(({ from: states, to, by }) => states.includes(from) && to === after && by.includes(actor)))
        violations.add({
          attack,
          what: `${name} moved the ${record} from ${from} to ${after}`,
          again: `--only "steps:${name}"`,
        });
    }
  };
  const late: { name: string; planted: Planted; before: Readonly<Record<string, string | undefined>> }[] = [];
  for (const { name: where, states } of plantings(tables)) {
    for (const step of steps) {
      const name = `${step.name} on ${where}`;
      if (only !== undefined && name !== only) continue;
      const planted = await plant(world, `step ${world.number()}`, states);
      const before = await statesOf(world, planted);
      // Most steps rightly fail on most states; what counts is what they leave behind.
      await step.run(world, planted).catch(() => undefined);
      await judge(name, step.actor, planted, before);
    }
    const name = `sweep on ${where}`;
    if (only !== undefined && name !== only) continue;
    const planted = await plant(world, `step ${world.number()}`, states);
    late.push({ name, planted, before: await statesOf(world, planted) });
  }
  world.roster.pass({ days: 60 });
  await sweep({ ...world.roster.dependencies, workflows: rememberingWorkflows() }, [county], () => undefined);
  for (const { name, planted, before } of late) await judge(name, 'sweep', planted, before);
  return counts;
};
