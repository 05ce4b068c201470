import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import type { LambdaPool } from '../lambda/pool.ts';
import type { StateStore } from '../state-folder.ts';
import type { ScheduleModel } from '../template/platform-model.ts';
import { parseSchedule } from './expression.ts';

export type Schedules = {
  /** Fires whatever is due, each schedule at most once however often its time has passed, and waits until it is done. */
  readonly fireDue: () => Promise<void>;
  readonly next: () => Readonly<Record<string, string | undefined>>;
  readonly stop: () => void;
};

export type ScheduleParts = {
  readonly clock: Clock;
  readonly store: StateStore;
  readonly pool: LambdaPool;
  readonly activity: Activity;
  readonly account: string;
  readonly region: string;
};

const settingOf = (id: string): string => `schedule-due ${id}`;

/** Runs the schedules on the virtual clock. When each is next due is kept, so that a time passed while stopped is made up for, once. */
export const startSchedules = (models: readonly ScheduleModel[], parts: ScheduleParts): Schedules => {
  const { clock, store, pool, activity, account, region } = parts;
  const running = new Map<string, Promise<void>>();
  const entries = models.map((model) => {
    const recurrence = parseSchedule(model.expression, model.timeZone);
    const kept = store.readSetting(settingOf(model.id));
    return { model, recurrence, due: kept === undefined ? recurrence.next(clock.now()) : Number(kept) || undefined };
  });

  const keepDue = (entry: (typeof entries)[number], due: number | undefined): void => {
    store.writeSetting(settingOf(entry.model.id), String(due ?? 'never'));
  };

  const fire = async ({ model }: (typeof entries)[number], due: number): Promise<void> => {
    const input = model.input
      .replaceAll('<aws.scheduler.schedule-arn>', `arn:aws:scheduler:${region}:${account}:schedule/default/${model.id}`)
      .replaceAll('<aws.scheduler.scheduled-time>', new Date(due).toISOString())
      .replaceAll('<aws.scheduler.execution-id>', randomUUID())
      .replaceAll('<aws.scheduler.attempt-number>', '1');
    await pool.invokeUnattended(model.functionName, input, model.deadLetters);
  };

  const fireDue = async (): Promise<void> => {
    const now = clock.now();
    for (const entry of entries) {
      const { due, model, recurrence } = entry;
      if (due === undefined || due > now) continue;
      // One run of the same schedule after the other: the next begins when the last is done.
      const before = running.get(model.id) ?? Promise.resolve();
      const end = activity.begin();
      const next = recurrence.next(now);
      entry.due = next;
      const run = async (): Promise<void> => {
        await before;
        await fire(entry, due);
        // Only now: a run that a kill cut short is made again.
        keepDue(entry, next);
      };
      running.set(model.id, run().finally(end));
    }
    rearm();
    await Promise.all(running.values());
  };

  const alarm = clock.alarm(() => {
    fireDue().catch((error: unknown) =>
      store.note(`schedule: ${error instanceof Error ? error.message : String(error)}`),
    );
  });
  const rearm = (): void => {
    const dues = entries.flatMap(({ due }) => (due === undefined ? [] : [due]));
    alarm.setFor(dues.length === 0 ? undefined : Math.min(...dues));
  };

  for (const entry of entries) keepDue(entry, entry.due);
  rearm();
  return {
    fireDue,
    next: () =>
      Object.fromEntries(
        entries.map(({ model, due }) => [model.id, due === undefined ? undefined : new Date(due).toISOString()]),
      ),
    stop: () => alarm.setFor(undefined),
  };
};
