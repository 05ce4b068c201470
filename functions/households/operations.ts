import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import { HouseholdChangeBody, HouseholdChangeView } from '../../contracts/api/household-changes.ts';
import {
  AccessRecordPage,
  AccessRecordPosition,
  AccessRecordQuery,
  DeathBody,
  DeathView,
  DisclosureBody,
  DisclosureView,
  HouseholdView,
} from '../../contracts/api/households.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { HouseholdId, PersonId } from '../../domain/ids.ts';
import { discloseIdentity } from './disclose-identity.ts';
import { readAccessRecord } from './read-access-record.ts';
import { readHousehold } from './read-household.ts';
import { recordDeath } from './record-death.ts';
import { recordHouseholdChange } from './record-household-change.ts';

const params = z.object({ householdId: pathId(HouseholdId) });
const memberParams = params.extend({ personId: pathId(PersonId) });

/** The operations on households: masked, unmasked for a purpose, who has looked, and what changes in them: a death, and everything else. */
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
    operation: 'recordDeath',
    summary: 'Record that a member has died, as a paper confirms; payments are held, and the household is decided anew',
    params: memberParams,
    body: DeathBody,
    response: DeathView,
    status: 200,
    precondition: 'required',
    problems: ['death-already-recorded'],
    handle: ({ principal, params: ids, body, ifMatch }) =>
      recordDeath(dependencies, { principal, ...ids, body, ifMatch }),
  }),
  defineOperation({
    operation: 'recordHouseholdChange',
    summary:
      'Record that a child was born, somebody joined or left, or the household was divided or moved; it is decided anew',
    params,
    body: HouseholdChangeBody,
    response: HouseholdChangeView,
    status: 201,
    idempotent: true,
    precondition: 'required',
    problems: ['person-on-roster'],
    handle: ({ params: { householdId }, ...call }) => recordHouseholdChange(dependencies, { ...call, householdId }),
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
