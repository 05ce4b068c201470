import { readdirSync, readFileSync } from 'node:fs';

const parentAndResident = (pid: string): { parent: string; kilobytes: number } | undefined => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, parent = ''] = /^PPid:\s+(\d+)$/mu.exec(status) ?? [];
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/mu.exec(status) ?? [];
    return { parent, kilobytes: Number(kilobytes) };
  } catch {
    // It ended between being listed and being read.
    return undefined;
  }
};

/** Resident memory of this process and all it has started, in megabytes (10^6 bytes). Without /proc: of this process alone. */
export const residentMegabytes = (): number => {
  const own = process.memoryUsage.rss() / 1e6;
  if (process.platform !== 'linux') return Math.round(own);
  const processes = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .flatMap((pid) => {
        const found = parentAndResident(pid);
        return found === undefined ? [] : [[pid, found] as const];
      }),
  );
  const isOurs = (pid: string): boolean => {
    const found = processes.get(pid);
    return found !== undefined && (found.parent === String(process.pid) || isOurs(found.parent));
  };
  let kilobytes = 0;
  for (const [pid, found] of processes) if (pid !== String(process.pid) && isOurs(pid)) kilobytes += found.kilobytes;
  return Math.round(own + (kilobytes * 1_024) / 1e6);
};
