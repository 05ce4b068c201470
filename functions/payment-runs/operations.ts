import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  CorrectionBody,
  PaymentLineList,
  PaymentLineQuery,
  PaymentLineView,
  PaymentRunBody,
  PaymentRunList,
  PaymentRunQuery,
  PaymentRunView,
} from '../../contracts/api/payment-runs.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { PaymentLineId, PaymentRunId } from '../../domain/ids.ts';
import { correctPayment } from './correct-payment.ts';
import { listPaymentLines, listPaymentRuns, readPaymentRun } from './read-payment-runs.ts';
import { releasePaymentRun } from './release-payment-run.ts';
import { requestPaymentRun } from './request-payment-run.ts';

const params = z.object({ paymentRunId: pathId(PaymentRunId) });
const ofLine = z.object({ paymentRunId: pathId(PaymentRunId), paymentLineId: pathId(PaymentLineId) });

/** The operations on a county's payments of a month. */
export const paymentRunOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'requestPaymentRun',
    summary:
      'Have the payments of the present month of a county listed and checked; the same month again is the same run',
    body: PaymentRunBody,
    response: PaymentRunView,
    status: 201,
    idempotent: true,
    handle: (call) => requestPaymentRun(dependencies, call),
  }),
  defineOperation({
    operation: 'listPaymentRuns',
    summary: 'List the payment runs of a county by month',
    query: PaymentRunQuery,
    page: z.string(),
    response: PaymentRunList,
    status: 200,
    handle: ({ principal, query, after }) => listPaymentRuns(dependencies, principal, { ...query, after }),
  }),
  defineOperation({
    operation: 'readPaymentRun',
    summary: 'Read a payment run with its control totals',
    params,
    response: PaymentRunView,
    status: 200,
    handle: ({ principal, params: { paymentRunId } }) => readPaymentRun(dependencies, principal, paymentRunId),
  }),
  defineOperation({
    operation: 'listPaymentLines',
    summary: 'List the lines of a payment run: item, amount and why it is held; no name and no account',
    params,
    query: PaymentLineQuery,
    page: z.string(),
    response: PaymentLineList,
    status: 200,
    handle: ({ principal, params: { paymentRunId }, query, after }) =>
      listPaymentLines(dependencies, principal, { ...query, paymentRunId, after }),
  }),
  defineOperation({
    operation: 'releasePaymentRun',
    summary: 'Release a checked payment run, by somebody else than who had it listed',
    params,
    response: PaymentRunView,
    status: 200,
    precondition: 'required',
    problems: ['lifecycle-conflict', 'payment-four-eyes'],
    handle: ({ principal, params: { paymentRunId }, ifMatch }) =>
      releasePaymentRun(dependencies, { principal, paymentRunId, ifMatch }),
  }),
  defineOperation({
    operation: 'correctPayment',
    summary: 'Correct a payment by an entry that refers to its line: released later, cancelled or recovered',
    params: ofLine,
    body: CorrectionBody,
    response: PaymentLineView,
    status: 201,
    idempotent: true,
    problems: ['lifecycle-conflict', 'payment-four-eyes', 'assistance-duplicate', 'version-conflict'],
    handle: ({ params: { paymentRunId, paymentLineId }, ...call }) =>
      correctPayment(dependencies, { ...call, paymentRunId, paymentLineId }),
  }),
];
