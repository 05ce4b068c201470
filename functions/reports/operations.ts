import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { SubmitApplicationBody, SubmittedApplication } from '../../contracts/api/applications.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  PublicReportView,
  ReportList,
  ReportListQuery,
  ReportOutcomeBody,
  ReportReceipt,
  ReportReceiptBody,
  ReportView,
  SubmitReportBody,
} from '../../contracts/api/reports.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { ReportId } from '../../domain/ids.ts';
import { applyFromReport } from './apply-from-report.ts';
import { endReport, followUpReport } from './move-report.ts';
import { listReports, readPublicReport, readReport } from './read-reports.ts';
import { receiveReport } from './receive-report.ts';

const params = z.object({ reportId: pathId(ReportId) });

/** The operations on reports of people in hardship who have not applied. */
export const reportOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'submitReport',
    summary: 'Report somebody in hardship, with a resident ID or without',
    body: SubmitReportBody,
    response: ReportReceipt,
    status: 201,
    idempotent: true,
    handle: (call) => receiveReport(dependencies, call),
  }),
  defineOperation({
    operation: 'listReports',
    summary: 'List the reports of a county, the oldest first',
    query: ReportListQuery,
    page: z.string(),
    response: ReportList,
    status: 200,
    handle: ({ principal, query, after }) =>
      listReports(dependencies, principal, { county: query.county, list: query.list, limit: query.limit, after }),
  }),
  defineOperation({
    operation: 'readReport',
    summary: 'Read a report: what was told, what the roster knows, and what may be the same',
    params,
    response: ReportView,
    status: 200,
    handle: ({ principal, params: { reportId } }) => readReport(dependencies, principal, reportId),
  }),
  ...movesOf(dependencies),
  ...publicOf(dependencies),
];

/** What those who go there record. */
const movesOf = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'followUpReport',
    summary: 'Record that somebody has gone, or called',
    params,
    response: ReportView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { reportId }, ifMatch }) =>
      followUpReport(dependencies, { principal, reportId, ifMatch }),
  }),
  defineOperation({
    operation: 'endReport',
    summary: 'End a report with what came of it',
    params,
    body: ReportOutcomeBody,
    response: ReportView,
    status: 200,
    precondition: 'required',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { reportId }, body, ifMatch }) =>
      endReport(dependencies, { principal, reportId, ifMatch }, body),
  }),
  defineOperation({
    operation: 'applyFromReport',
    summary: 'Take an application on behalf of somebody who was reported, which ends the report',
    params,
    body: SubmitApplicationBody,
    response: SubmittedApplication,
    status: 201,
    idempotent: true,
    problems: ['lifecycle-conflict', 'person-in-open-application', 'household-differs'],
    handle: ({ principal, params: { reportId }, body, idempotencyKey, fingerprint }) =>
      applyFromReport(dependencies, { principal, reportId, body, idempotencyKey, fingerprint }),
  }),
];

/** What anyone may do, without name and token. */
const publicOf = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'submitPublicReport',
    summary: 'Report somebody in hardship without a name; the receipt is the only way to see that it was followed up',
    body: SubmitReportBody,
    response: ReportReceipt,
    status: 201,
    idempotent: true,
    handle: ({ body, idempotencyKey, fingerprint }) =>
      receiveReport(dependencies, { principal: null, body, idempotencyKey, fingerprint }),
  }),
  defineOperation({
    operation: 'readPublicReport',
    summary: 'See that a report was followed up, by its receipt',
    params,
    body: ReportReceiptBody,
    response: PublicReportView,
    status: 200,
    handle: ({ params: { reportId }, body }) => readPublicReport(dependencies, reportId, body.secret),
  }),
];
