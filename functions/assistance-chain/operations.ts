import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import {
  AssistanceChainPage,
  AssistanceChainPosition,
  AssistanceChainQuery,
  AssistanceClaimBody,
  AssistanceDeliveryBody,
  AssistanceEndBody,
  AssistanceEntryView,
  UnclaimedDeliveryBody,
  UnclaimedDeliveryView,
} from '../../contracts/api/assistance-chain.ts';
import { pathId } from '../../contracts/api/fields.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { AssistanceEntryId, PersonId } from '../../domain/ids.ts';
import { claimAssistance } from './claim-assistance.ts';
import { endAssistance } from './end-assistance.ts';
import { readAssistanceChain } from './read-assistance-chain.ts';
import { recordDelivery } from './record-delivery.ts';
import { recordUnclaimedDelivery } from './record-unclaimed-delivery.ts';

const entryParams = z.object({ entryId: pathId(AssistanceEntryId) });

/** The operations on the assistance chain: the one ledger of what every department gives. */
export const assistanceChainOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'claimAssistance',
    summary: 'Claim an item for a person or household before giving it; refused when it would be given twice',
    body: AssistanceClaimBody,
    response: AssistanceEntryView,
    status: 201,
    idempotent: true,
    problems: ['not-found', 'assistance-duplicate', 'assistance-item-of-another'],
    handle: (call) => claimAssistance(dependencies, call),
  }),
  defineOperation({
    operation: 'recordUnclaimedDelivery',
    summary: 'Record what was delivered without a claim; kept in any case, and flagged when it looks like a duplicate',
    body: UnclaimedDeliveryBody,
    response: UnclaimedDeliveryView,
    status: 201,
    idempotent: true,
    problems: ['not-found', 'assistance-item-of-another'],
    handle: (call) => recordUnclaimedDelivery(dependencies, call),
  }),
  defineOperation({
    operation: 'recordDelivery',
    summary: 'Record that what was claimed has been delivered, when, and how much',
    params: entryParams,
    body: AssistanceDeliveryBody,
    response: AssistanceEntryView,
    status: 200,
    problems: ['lifecycle-conflict', 'version-conflict'],
    handle: ({ principal, body, params: { entryId } }) => recordDelivery(dependencies, principal, entryId, body),
  }),
  defineOperation({
    operation: 'endAssistance',
    summary: 'End an entry; the months after its end are free for others',
    params: entryParams,
    body: AssistanceEndBody,
    response: AssistanceEntryView,
    status: 200,
    problems: ['lifecycle-conflict', 'version-conflict'],
    handle: ({ principal, body, params: { entryId } }) => endAssistance(dependencies, principal, entryId, body),
  }),
  defineOperation({
    operation: 'readAssistanceChain',
    summary: 'Read what a person is given, by whom and when; an agency reads its own entries. The reading is recorded',
    params: z.object({ personId: pathId(PersonId) }),
    query: AssistanceChainQuery,
    page: AssistanceChainPosition,
    response: AssistanceChainPage,
    status: 200,
    handle: ({ principal, params: { personId }, query: { householdId, limit }, after }) =>
      readAssistanceChain(dependencies, { principal, personId, householdId, limit, after }),
  }),
];
