import { z } from 'zod';
import { taskHandler } from '../../adapters/telemetry/task-handler.ts';
import { runtimeDailyScan } from '../../adapters/workflows/runtime-workflows.ts';
import { BeginDailyScanOutput } from '../../contracts/tasks/daily-scan.ts';
import { isRunningOut } from '../../domain/deadlines/working-days.ts';
import { runtimeDependencies } from '../runtime-dependencies.ts';
import { beginDailyScan } from './begin-daily-scan.ts';

const dependencies = { ...runtimeDependencies(), workflow: runtimeDailyScan(process.env) };

export const handler = taskHandler({
  task: 'begin-daily-scan',
  input: z.unknown(),
  output: BeginDailyScanOutput,
  handle: async (_input, { metrics }) => {
    const begun = await beginDailyScan(dependencies);
    if (isRunningOut(dependencies.calendar, begun.day)) metrics.count('WorkingDaysRunOut');
    return begun;
  },
});
