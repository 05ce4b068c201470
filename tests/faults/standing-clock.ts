import type { Clock } from '../../local/clock.ts';

/** A clock that stands until it is moved, and that can be set back between two runs. */
export interface StandingClock extends Clock {
  readonly setTo: (instant: number) => void;
}

export const standingClock = (beginning: number): StandingClock => {
  let present = beginning;
  const alarms = new Set<{ due: number | undefined; ring: () => void }>();
  const ringDue = (): void => {
    for (const alarm of alarms) {
      if (alarm.due === undefined || alarm.due > present) continue;
      alarm.due = undefined;
      setImmediate(alarm.ring);
    }
  };
  return {
    now: () => present,
    sharedOffset: new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT),
    advanceTo: (instant) => {
      present = Math.max(present, instant);
      ringDue();
    },
    setTo: (instant) => {
      present = instant;
    },
    alarm: (ring) => {
      const alarm: { due: number | undefined; ring: () => void } = { due: undefined, ring };
      alarms.add(alarm);
      return {
        setFor: (instant) => {
          alarm.due = instant;
          ringDue();
        },
      };
    },
    stop: () => alarms.clear(),
  };
};
