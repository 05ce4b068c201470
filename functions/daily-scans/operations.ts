import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { DailyScanView } from '../../contracts/api/daily-scans.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { LocalDate } from '../../domain/dates.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { readDailyScan } from './read-daily-scan.ts';

const params = z.object({ day: pathId(LocalDate) });

/** What officers see of the daily scan: counts, and nobody's case. */
export const dailyScanOperations = (dependencies: Pick<ScanDependencies, 'scans'>): readonly Operation[] => [
  defineOperation({
    operation: 'readDailyScan',
    summary: 'Read what the scan of a day found, by county: who fell between, what covers it and what was opened',
    params,
    response: DailyScanView,
    status: 200,
    problems: ['no-daily-scan'],
    handle: ({ principal, params: { day } }) => readDailyScan(dependencies, principal, day),
  }),
];
