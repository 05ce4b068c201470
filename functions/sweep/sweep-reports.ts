import type { Dependencies } from '../../domain/dependencies.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import { erasedReport, type Report } from '../../domain/reports/report.ts';
import type { Change } from '../../domain/store/roster-store.ts';
import { type Attempt, inPages, pageSize } from './in-pages.ts';

/** Erases what was told about people in the reports of a county that ended so long ago that nothing of it is to be kept. */
export const sweepReports = async (
  dependencies: Dependencies,
  county: DivisionCode,
  { actor, attempt }: { actor: Change['actor']; attempt: Attempt },
): Promise<void> => {
  const { store, now } = dependencies;
  const at = now();
  await inPages(
    () => store.reportsToErase(county, at, pageSize),
    (report) => attempt('reportsErased', () => erase(dependencies, report, actor)),
  );
};

/** Another sweep may have been first, and nothing is left to erase: false. */
const erase = async ({ store, now, newId }: Dependencies, report: Report, actor: Change['actor']): Promise<boolean> => {
  const at = now();
  const result = await store.commit({
    aggregates: [{ kind: 'report', value: erasedReport(report, at), from: [report.state] }],
    event: newEvent('ReportErased', at, newId, { taskId: report.taskId }),
    actor,
    division: report.division,
  });
  return result.ok;
};
