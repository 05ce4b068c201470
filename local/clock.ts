import { StartFailure } from './start-failure.ts';
import type { StateStore } from './state-folder.ts';

/** Longest delay a Node timer can hold; a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

/** Time as the platform's parts see it: real time plus an offset that only grows, kept in the data folder. */
export type Clock = {
  /** Virtual time in milliseconds since the epoch. */
  readonly now: () => number;
  /** One float64, the offset in milliseconds; worker threads read it before each look at the time. */
  readonly sharedOffset: SharedArrayBuffer;
  /** Moves virtual time forward; throws a RangeError for an instant that has passed. Alarms that became due are rung. */
  readonly advanceTo: (instant: number) => void;
  /** Makes an alarm clock: `setFor` arms it for one virtual instant (undefined disarms it), and it calls `ring` then. */
  readonly alarm: (ring: () => void) => { readonly setFor: (instant: number | undefined) => void };
  readonly stop: () => void;
};

const settingName = 'clock-offset-ms';

const firstOffset = (store: StateStore, startAt: number | undefined): number => {
  const kept = store.readSetting(settingName);
  const offset = kept === undefined ? 0 : Number(kept);
  if (startAt === undefined) return offset;
  const wanted = startAt - Date.now();
  if (kept !== undefined && wanted < offset - 1_000)
    throw new StartFailure(
      `The data folder has already reached ${new Date(Date.now() + offset).toISOString()}; its clock cannot be set back.`,
      'Leave --clock out, give a later instant, or start with a new --data folder.',
    );
  return wanted;
};

/** Opens the clock of a data folder; `startAt` (milliseconds since the epoch) is the virtual instant to begin at. */
export const openClock = (store: StateStore, startAt?: number): Clock => {
  const sharedOffset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(sharedOffset);
  const keep = (value: number): void => {
    offset[0] = value;
    store.writeSetting(settingName, String(value));
  };
  keep(firstOffset(store, startAt));
  const now = (): number => Date.now() + (offset[0] ?? 0);
  const rearms = new Set<() => void>();
  const timers = new Set<{ timer: NodeJS.Timeout | undefined }>();

  const alarm: Clock['alarm'] = (ring) => {
    let due: number | undefined;
    const held: { timer: NodeJS.Timeout | undefined } = { timer: undefined };
    timers.add(held);
    const arm = (): void => {
      clearTimeout(held.timer);
      held.timer = undefined;
      if (due === undefined) return;
      const wait = due - now();
      held.timer = setTimeout(
        () => (due !== undefined && due <= now() ? fire() : arm()),
        Math.max(0, Math.min(wait, longestTimerMs)),
      );
    };
    const fire = (): void => {
      due = undefined;
      ring();
    };
    rearms.add(arm);
    return {
      setFor: (instant) => {
        due = instant;
        arm();
      },
    };
  };

  return {
    now,
    sharedOffset,
    alarm,
    advanceTo: (instant) => {
      if (instant < now())
        throw new RangeError(`The clock stands at ${new Date(now()).toISOString()} and cannot be set back`);
      keep(instant - Date.now());
      for (const rearm of rearms) rearm();
    },
    stop: () => {
      for (const held of timers) clearTimeout(held.timer);
      rearms.clear();
    },
  };
};
