import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the time of processes in hundredths of a second. */
const millisecondsPerTick = 10;

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // No such process any more, or a system without /proc.
    return '';
  }
};

/** The engine that this process has started. */
const engineOf = (): string | undefined =>
  readdirSync('/proc/self/task')
    .flatMap((thread) => textOf(`/proc/self/task/${thread}/children`).split(' '))
    .find((pid) => pid !== '' && textOf(`/proc/${pid}/cmdline`).includes('--db-path'));

/** Milliseconds of processor time that the table engine of this process has taken since it began; null where the system does not say. */
export const engineMilliseconds = (): number | null => {
  if (process.platform !== 'linux') return null;
  const engine = engineOf();
  if (engine === undefined) return null;
  // Behind the name of the program, which may hold anything: fields 14 and 15 are the user's and the system's time.
  const fields = textOf(`/proc/${engine}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
};
