import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  AnonymousGrievanceBody,
  AnonymousGrievanceView,
  GrievanceAcceptanceBody,
  GrievanceList,
  GrievanceListQuery,
  GrievanceOutcomeBody,
  GrievanceReceipt,
  GrievanceView,
  ReceiptBody,
  SubmitGrievanceBody,
} from '../../contracts/api/grievances.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { GrievanceId } from '../../domain/ids.ts';
import { readAnonymousGrievance, receiveAnonymousGrievance } from './anonymous-grievances.ts';
import { acceptGrievance, decideGrievance, withdrawGrievance } from './decide-grievance.ts';
import { listGrievances, readGrievance } from './read-grievances.ts';
import { receiveGrievance } from './receive-grievance.ts';

const params = z.object({ grievanceId: pathId(GrievanceId) });

/** The operations on complaints and administrative reviews. An objection to a public notice is an operation on the notice. */
export const grievanceOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'submitGrievance',
    summary: 'Take down a complaint or an application for administrative review',
    body: SubmitGrievanceBody,
    response: GrievanceView,
    status: 201,
    idempotent: true,
    handle: (call) => receiveGrievance(dependencies, call),
  }),
  defineOperation({
    operation: 'listGrievances',
    summary: 'List the grievances of a county, the oldest first',
    query: GrievanceListQuery,
    page: z.string(),
    response: GrievanceList,
    status: 200,
    handle: ({ principal, query, after }) =>
      listGrievances(dependencies, principal, { ...query, county: query.county, state: query.state, after }),
  }),
  defineOperation({
    operation: 'readGrievance',
    summary: 'Read a grievance: where it stands, by when, and what came of it',
    params,
    response: GrievanceView,
    status: 200,
    handle: ({ principal, params: { grievanceId } }) => readGrievance(dependencies, principal, grievanceId),
  }),
  ...movesOf(dependencies),
  ...anonymousOf(dependencies),
];

/** What officers decide on a grievance. */
const movesOf = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'acceptGrievance',
    summary: 'Accept a grievance, or refuse it with a reason',
    params,
    body: GrievanceAcceptanceBody,
    response: GrievanceView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict', 'grievance-four-eyes'],
    handle: ({ principal, params: { grievanceId }, body, ifMatch }) =>
      acceptGrievance(dependencies, { principal, grievanceId, ifMatch }, body),
  }),
  defineOperation({
    operation: 'decideGrievance',
    summary: 'Uphold or reject a grievance, with reasons; what is upheld opens the task to put it right',
    params,
    body: GrievanceOutcomeBody,
    response: GrievanceView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict', 'grievance-four-eyes'],
    handle: ({ principal, params: { grievanceId }, body, ifMatch }) =>
      decideGrievance(dependencies, { principal, grievanceId, ifMatch }, body),
  }),
  defineOperation({
    operation: 'withdrawGrievance',
    summary: 'Record that the complainant took a grievance back',
    params,
    response: GrievanceView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict', 'grievance-four-eyes'],
    handle: ({ principal, params: { grievanceId }, ifMatch }) =>
      withdrawGrievance(dependencies, { principal, grievanceId, ifMatch }),
  }),
];

/** What anyone may do, without name and token. */
const anonymousOf = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'submitAnonymousGrievance',
    summary: 'Complain without a name; the receipt is the only way to see how it stands',
    body: AnonymousGrievanceBody,
    response: GrievanceReceipt,
    status: 201,
    idempotent: true,
    handle: ({ body, idempotencyKey, fingerprint }) =>
      receiveAnonymousGrievance(dependencies, { body, idempotencyKey, fingerprint }),
  }),
  defineOperation({
    operation: 'readAnonymousGrievance',
    summary: 'See how an anonymous complaint stands, by its receipt',
    params,
    body: ReceiptBody,
    response: AnonymousGrievanceView,
    status: 200,
    handle: ({ params: { grievanceId }, body }) => readAnonymousGrievance(dependencies, grievanceId, body.secret),
  }),
];
