import type { SimulationView } from '../../contracts/api/policies.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Session } from '../session.ts';
import { count } from '../show/money.ts';
import { progressOn } from '../show/progress.ts';

/** What simulations and activations have in common while they last. */
type Run = Pick<SimulationView, 'status' | 'progress'>;

const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 2_000;

export const hasEnded = ({ status }: Run): boolean => status === 'done' || status === 'refused' || status === 'failed';

/** The failure with which a command ends on Ctrl+C: what was begun goes on without it. */
const leftRunning = (): CommandFailure =>
  new CommandFailure({
    title: says('已停止等待', 'No longer waiting'),
    cause: says('实例上的运行仍在继续。', 'What was begun goes on at the instance.'),
    cure: says('再次执行同一命令即可接着等待。', 'Give the same command again to go on waiting for it.'),
    exitCode: 130,
  });

/** How far something is, in which unit the note says. */
export interface Stage {
  readonly done: number;
  readonly of: number;
  readonly note: string;
}

/**
 * Shows how far a run has got until it has ended, and gives it as it is then. `laterStage` says how far what follows the reading of the
 * roster is, once it has begun. Throws a CommandFailure
 * when somebody presses Ctrl+C; the run goes on.
 */
export const followed = async <Each extends Run>(
  begun: Each,
  read: () => Promise<Each>,
  label: string,
  session: Session,
  laterStage: (run: Each) => Stage | null = () => null,
): Promise<Each> => {
  const { terminal, say } = session;
  const progress = progressOn(terminal, label);
  const readingStage = ({ progress: { segmentsDone, segments, households } }: Each): Stage | null =>
    segments === null
      ? null
      : {
          done: segmentsDone,
          of: segments,
          note: say(says(`已读${count(households)}户`, `${count(households)} households read`)),
        };
  let run = begun;
  let pause = firstPauseMilliseconds;
  try {
    for (;;) {
      const stage = laterStage(run) ?? readingStage(run);
      if (stage !== null) progress.reached(stage.done, stage.of, stage.note);
      if (hasEnded(run)) return run;
      await terminal.pause(pause);
      if (terminal.interrupted.aborted) throw leftRunning();
      pause = Math.min(pause * 1.5, longestPauseMilliseconds);
      run = await read();
    }
  } finally {
    progress.end();
  }
};

/** The failure of a run that came to nothing. */
export const cameToNothing = (runId: string): CommandFailure =>
  new CommandFailure({
    title: says('运行未能完成', 'The run has failed'),
    cause: says('实例未能完成这次运行，政策版本未变。', 'The instance could not finish it; the version is as it was.'),
    cure: says(
      '请再次执行同一命令；仍不成功时请管理员查看其日志。',
      'Give the command again; if it fails again, have the logs looked at.',
    ),
    details: [runId],
  });
