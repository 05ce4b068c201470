import type { SubmitReportBody } from '../../contracts/api/reports.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { ReportId } from '../../domain/ids.ts';
import type { Account, PlacedAccount, Report } from '../../domain/reports/report.ts';
import { newOutreach } from '../../domain/reports/report-tasks.ts';
import type { Clocks } from '../../domain/tasks/new-task.ts';
import type { OutreachTask } from '../../domain/tasks/task.ts';

/** A report as it is told, its resident ID read and its reporter of any kind. */
export type Told = Pick<SubmitReportBody, 'division' | 'hardship' | 'person' | 'words'> &
  Pick<Account, 'reporter' | 'agency'>;

/** The text of which a receipt's hash is made: it holds for one report alone. */
export const receiptText = (reportId: ReportId, secret: string): string => `report|${reportId}|${secret}`;

/** What is said, under the id of the report it came with. */
export const accountOf = (reportId: ReportId, said: Told, at: Instant): PlacedAccount => ({
  reportId,
  at,
  reporter: said.reporter,
  agency: said.agency,
  division: said.division,
  hardship: said.hardship,
  words: said.words,
  person: said.person,
});

/** A report of this moment, with its outreach. */
export const openedReport = (
  dependencies: Pick<Dependencies, 'digest'> & Clocks,
  told: Told,
  { reportId, secret }: { reportId: ReportId; secret: string },
  at: Instant,
): { report: Report; task: OutreachTask } => {
  const { division, person } = told;
  const task = newOutreach(dependencies, { reportId, division }, at);
  const report: Report = {
    reportId,
    version: 1,
    state: 'received',
    division,
    receivedAt: at,
    receiptHash: dependencies.digest(receiptText(reportId, secret)),
    identified: person.residentId !== null,
    joinedTo: null,
    timesTold: 1,
    taskId: task.taskId,
    dueOn: task.dueOn,
    followedUpAt: null,
    endedAt: null,
    endedBy: null,
    applicationId: null,
    keptUntil: null,
    erasedAt: null,
    accounts: [accountOf(reportId, told, at)],
    coverage: null,
    note: null,
  };
  return { report, task };
};

/** A report of somebody to whom another report has somebody going: what it says is kept there, and it follows that one. */
export const joinedReport = (opened: Report, { reportId, taskId, dueOn }: Report): Report => ({
  ...opened,
  state: 'joined',
  joinedTo: reportId,
  taskId,
  dueOn,
  accounts: null,
});
