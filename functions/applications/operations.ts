import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import {
  ApplicationView,
  SubmitApplicationBody,
  SubmittedApplication,
  SupplementBody,
  WithdrawalBody,
} from '../../contracts/api/applications.ts';
import { pathId } from '../../contracts/api/fields.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { ApplicationId } from '../../domain/ids.ts';
import { readApplication } from './read-application.ts';
import { submitApplication } from './submit-application.ts';
import { supplementApplication } from './supplement-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const params = z.object({ applicationId: pathId(ApplicationId) });

/** The operations on applications. */
export const applicationOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'submitApplication',
    summary: 'Submit a household’s single application for every kind of aid',
    body: SubmitApplicationBody,
    response: SubmittedApplication,
    status: 201,
    idempotent: true,
    problems: ['person-in-open-application', 'household-differs'],
    handle: (call) => submitApplication(dependencies, call),
  }),
  defineOperation({
    operation: 'readApplication',
    summary: 'Read an application and what it still lacks',
    params,
    response: ApplicationView,
    status: 200,
    handle: ({ principal, params: { applicationId } }) => readApplication(dependencies, principal, applicationId),
  }),
  defineOperation({
    operation: 'supplementApplication',
    summary: 'Hand in papers that were missing',
    params,
    body: SupplementBody,
    response: ApplicationView,
    status: 200,
    precondition: 'required',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { applicationId }, body, ifMatch }) =>
      supplementApplication(dependencies, principal, applicationId, body, ifMatch),
  }),
  defineOperation({
    operation: 'withdrawApplication',
    summary: 'Withdraw an application at the household’s wish',
    params,
    body: WithdrawalBody,
    response: ApplicationView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { applicationId }, ifMatch }) =>
      withdrawApplication(dependencies, principal, applicationId, ifMatch),
  }),
];
