import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import {
  AllocationBody,
  EmergencyAidView,
  EmergencyClosureBody,
  EmergencyPapersBody,
  EmergencyPaymentBody,
  EmergencyReserveView,
  GrantEmergencyAidBody,
  ReserveDivision,
} from '../../contracts/api/emergency-aid.ts';
import { pathId } from '../../contracts/api/fields.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { EmergencyAidId } from '../../domain/ids.ts';
import { closeEmergencyAid } from './close-emergency-aid.ts';
import { grantEmergencyAid } from './grant-emergency-aid.ts';
import { payEmergencyAid, readEmergencyAid, supplyEmergencyPapers } from './move-aid.ts';
import { allocateEmergencyReserve, readEmergencyReserve } from './reserves.ts';

const params = z.object({ emergencyAidId: pathId(EmergencyAidId) });
const ofReserve = z.object({ division: ReserveDivision });

/** The operations on quick aid in an emergency and on the money kept ready for it. */
export const emergencyAidOperations = (dependencies: Dependencies): readonly Operation[] => [
  ...stepsOf(dependencies),
  defineOperation({
    operation: 'readEmergencyReserve',
    summary: 'Read what a township or county has left for emergencies',
    params: ofReserve,
    response: EmergencyReserveView,
    status: 200,
    handle: ({ principal, params: { division } }) => readEmergencyReserve(dependencies, principal, division),
  }),
  defineOperation({
    operation: 'allocateEmergencyReserve',
    summary: 'Put money into the reserve of a township or county',
    params: ofReserve,
    body: AllocationBody,
    response: EmergencyReserveView,
    status: 201,
    idempotent: true,
    handle: ({ params: { division }, ...call }) => allocateEmergencyReserve(dependencies, { ...call, division }),
  }),
];

/** From the grant to the end of one aid. */
const stepsOf = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'grantEmergencyAid',
    summary: 'Grant quick aid where an emergency happens: no papers, roster entry or resident ID needed',
    body: GrantEmergencyAidBody,
    response: EmergencyAidView,
    status: 201,
    idempotent: true,
    problems: ['emergency-already-aided', 'emergency-reserve-exhausted', 'policy-cannot-decide'],
    handle: (call) => grantEmergencyAid(dependencies, call),
  }),
  defineOperation({
    operation: 'readEmergencyAid',
    summary: 'Read quick aid and where it stands',
    params,
    response: EmergencyAidView,
    status: 200,
    handle: ({ principal, params: { emergencyAidId } }) => readEmergencyAid(dependencies, principal, emergencyAidId),
  }),
  defineOperation({
    operation: 'payEmergencyAid',
    summary: 'Record that quick aid was paid out; its papers are due from then on',
    params,
    body: EmergencyPaymentBody,
    response: EmergencyAidView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { emergencyAidId }, body, ifMatch }) =>
      payEmergencyAid(dependencies, { principal, emergencyAidId, ifMatch }, body.paidOn),
  }),
  defineOperation({
    operation: 'supplyEmergencyPapers',
    summary: 'Hand in the papers that belong to quick aid that was paid',
    params,
    body: EmergencyPapersBody,
    response: EmergencyAidView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { emergencyAidId }, body, ifMatch }) =>
      supplyEmergencyPapers(dependencies, { principal, emergencyAidId, ifMatch }, body),
  }),
  defineOperation({
    operation: 'closeEmergencyAid',
    summary: 'Close quick aid, or withdraw what was not paid out; lasting hardship opens a full review',
    params,
    body: EmergencyClosureBody,
    response: EmergencyAidView,
    status: 200,
    precondition: 'optional',
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { emergencyAidId }, body, ifMatch }) =>
      closeEmergencyAid(dependencies, { principal, emergencyAidId, ifMatch }, body),
  }),
];
