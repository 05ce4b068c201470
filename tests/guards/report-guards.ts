import { type Guard, useCase } from './guard.ts';

/** What holds reports of people in hardship: each has a test that turns red without it. */
export const reportGuards: readonly Guard[] = [
  {
    name: 'report: one outreach to a person and county',
    file: 'adapters/dynamodb/report-guard.ts',
    written: "Item: { ...key, reportId }, ConditionExpression: 'attribute_not_exists(pk)' }",
    without: 'Item: { ...key, reportId } }',
    tests: [useCase('reports-told-twice')],
  },
  {
    name: 'report: the end frees the way for the next',
    file: 'functions/reports/move-report.ts',
    written: '    ...(reportOnce === undefined ? {} : { reportOnce }),\n',
    without: '',
    tests: [useCase('reports-told-twice')],
  },
  {
    name: 'report: what was told lies in an envelope',
    file: 'adapters/dynamodb/rows.ts',
    written: "attributes: ['accounts', 'coverage', 'note']",
    without: "attributes: ['coverage', 'note']",
    tests: [useCase('reports')],
  },
  {
    name: 'division scope: a report',
    file: 'functions/reports/read-reports.ts',
    written: 'report !== undefined && mayReach(principal, report) ? report : undefined',
    without: 'report !== undefined && (mayReach(principal, report) || report.version > 0) ? report : undefined',
    tests: [useCase('reports')],
  },
  {
    name: 'report: its state is seen by its receipt alone',
    file: 'functions/reports/read-reports.ts',
    written: 'report.receiptHash !== digest(receiptText(reportId, secret))',
    without: 'digest(receiptText(reportId, secret)) === reportId',
    tests: [useCase('reports')],
  },
  {
    name: 'report: nobody learns that others told before',
    file: 'functions/reports/report-view.ts',
    written: 'at !== null && at >= report.receivedAt',
    without: 'at !== null',
    tests: [useCase('reports')],
  },
  {
    name: 'report: whoever sees the person is recorded first',
    file: 'functions/reports/read-reports.ts',
    written: '  if (!recorded.ok) throw',
    without: '  if (!recorded.ok && report.version === 0) throw',
    tests: [useCase('reports')],
  },
  {
    name: 'report: what covers somebody is looked up',
    file: 'functions/reports/move-report.ts',
    written: 'return found === undefined || found.coverage === null ? notCovered : succeed(found.coverage);',
    without: 'return succeed(found?.coverage ?? null);',
    tests: [useCase('reports')],
  },
  {
    name: 'report: a household of another county is not named',
    file: 'functions/reports/coverage-of.ts',
    written: 'const isNear = mayReachHousehold(principal, household);',
    without: 'const isNear = mayReachHousehold(principal, household) || by.length > 0;',
    tests: [useCase('reports')],
  },
  {
    name: 'report: the application is of the person who was reported',
    file: 'functions/reports/apply-from-report.ts',
    written: 'told !== null && !residentIds.includes(told)',
    without: 'told !== null && residentIds.length === 0',
    tests: [useCase('reports')],
  },
  {
    name: 'report: it ends with the application or not at all',
    file: 'functions/applications/submit-application.ts',
    written: '      ...aggregates,\n',
    without: '',
    tests: [useCase('reports')],
  },
  {
    name: 'report: what was told is erased once it has been kept long enough',
    file: 'functions/sweep/sweep.ts',
    written: '  await sweepReports(dependencies, county, { actor: sweepActor, attempt });\n',
    without: '  void sweepReports;\n',
    tests: [useCase('reports')],
  },
];
