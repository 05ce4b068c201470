import type { Dependencies } from '../dependencies.ts';
import type { DailyScan } from './daily-scan.ts';
import type { DailyScanStore } from './scan-store.ts';

/** What the steps of a daily scan are given beside what every use case is. */
export type ScanDependencies = Dependencies & { scans: DailyScanStore };

/** The scan as an actor in audit entries. */
export const dailyScanActor = { role: 'workflow', subject: 'daily-scan' } as const;

/** Starts the workflow of a day's scan under a name made from the day, so that a second start is the same run. */
export interface DailyScanWorkflow {
  start(scan: DailyScan): Promise<void>;
}
