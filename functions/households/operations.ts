import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  AccessRecordPage,
  AccessRecordPosition,
  AccessRecordQuery,
  DisclosureBody,
  DisclosureView,
  HouseholdView,
} from '../../contracts/api/households.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { HouseholdId, PersonId } from '../../domain/ids.ts';
import { discloseIdentity } from './disclose-identity.ts';
import { readAccessRecord } from './read-access-record.ts';
import { readHousehold } from './read-household.ts';

const params = z.object({ householdId: pathId(HouseholdId) });
const memberParams = params.extend({ personId: pathId(PersonId) });

/** The operations on households: masked, unmasked for a purpose, and who has looked. */
export const householdOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'readHousehold',
    summary: 'Read a household, masked; the reading is recorded',
    params,
    response: HouseholdView,
    status: 200,
    handle: ({ principal, params: { householdId } }) => readHousehold(dependencies, principal, householdId),
  }),
  defineOperation({
    operation: 'discloseIdentity',
    summary: 'See fields of a member’s identity unmasked, for a stated purpose',
    params: memberParams,
    body: DisclosureBody,
    response: DisclosureView,
    status: 201,
    idempotent: true,
    problems: ['disclosure-not-permitted', 'disclosure-over'],
    handle: (call) => discloseIdentity(dependencies, { ...call, ...call.params }),
  }),
  defineOperation({
    operation: 'readAccessRecord',
    summary: 'Read who has looked at what is known of a member, and why',
    params: memberParams,
    query: AccessRecordQuery,
    page: AccessRecordPosition,
    response: AccessRecordPage,
    status: 200,
    handle: ({ principal, params: ids, query: { limit }, after, language }) =>
      readAccessRecord(dependencies, { principal, ...ids, limit, after, language }),
  }),
];
