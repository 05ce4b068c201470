import type { LocalDate } from '../dates.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { DailyScan } from './daily-scan.ts';
import type { DailyScanStore } from './scan-store.ts';

/** What the steps of a daily scan are given beside what every use case is. */
export type ScanDependencies = Dependencies & { scans: DailyScanStore; objects: Pick<ObjectStore, 'read' | 'put'> };

/** Where people of a part of a day's scan are laid down. Keys of objects begin with the kind that functions are granted. */
export const alikeKey = (day: LocalDate, name: string): string => `alike/${day}/${name}`;

/** The scan as an actor in audit entries. */
export const dailyScanActor = { role: 'workflow', subject: 'daily-scan' } as const;

/** Starts the workflow of a day's scan under a name made from the day, so that a second start is the same run. */
export interface DailyScanWorkflow {
  start(scan: DailyScan): Promise<void>;
}
