import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The clock of one emulator: real time plus an offset that only grows, in a file that all its processes read. */
export type ClockFile = {
  readonly path: string;
  /** Virtual time in milliseconds since the epoch. */
  readonly now: () => number;
  /** Moves virtual time forward to an instant in milliseconds since the epoch. Throws a RangeError for one that has passed. */
  readonly advanceTo: (instant: number) => void;
};

/** Makes a clock in a folder, showing real time at first. */
export const createClockFile = (folder: string): ClockFile => {
  const path = join(folder, 'clock-offset');
  let offset = 0;
  const write = (): void => {
    // Renamed into place, so that no reader ever meets half a number.
    writeFileSync(`${path}.next`, (offset / 1000).toFixed(3));
    renameSync(`${path}.next`, path);
  };
  write();
  const now = (): number => Date.now() + offset;
  return {
    path,
    now,
    advanceTo: (instant) => {
      if (instant < now()) throw new RangeError(`The clock already shows ${new Date(now()).toISOString()}`);
      offset += instant - now();
      write();
    },
  };
};
