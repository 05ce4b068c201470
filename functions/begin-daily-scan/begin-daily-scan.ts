import { dateInChina } from '../../domain/dates.ts';
import type { DailyScan } from '../../domain/missed-needs/daily-scan.ts';
import { monthOnRecord } from '../../domain/missed-needs/delivery.ts';
import type { DailyScanWorkflow, ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { segmentsFor } from '../segments-for.ts';

/**
 * A segment of 10,000 rows has some fifteen hundred households: few enough that two workers share also the roster of a county. A province has some
 * 23,000 rows in each: the inline map of the state machine takes some twenty events for a segment, of the 25,000 of an execution.
 */
const cut = { rowsPerSegment: 10_000, fewest: 1, most: 256 } as const;

/**
 * Begins the scan of the present day in China, once: segments, month and beginning are settled by whoever comes first, and the workflow is
 * started under the name of the day. Repeated, it changes nothing, and starts what was begun and not started.
 */
export const beginDailyScan = async ({
  scans,
  policies,
  calendar,
  now,
  workflow,
}: Pick<ScanDependencies, 'scans' | 'policies' | 'calendar' | 'now'> & { workflow: DailyScanWorkflow }): Promise<
  Pick<DailyScan, 'day'>
> => {
  const beganAt = now();
  const day = dateInChina(beganAt);
  const [rows, policy, since] = await Promise.all([scans.estimatedRows(), policies.inForce(), scans.deliveriesSince()]);
  const scan = await scans.begin({
    day,
    segments: segmentsFor(rows, cut),
    beganAt,
    deliveriesOf: monthOnRecord({ policy, calendar }, day, since),
  });
  await workflow.start(scan);
  return { day };
};
