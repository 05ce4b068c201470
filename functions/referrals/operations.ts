import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { pathId } from '../../contracts/api/fields.ts';
import {
  OutcomeBody,
  ReferralList,
  ReferralListQuery,
  ReferralView,
  ReroutingBody,
  ReturnBody,
  VerificationBody,
} from '../../contracts/api/referrals.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { ReferralId } from '../../domain/ids.ts';
import { acceptReferral } from './accept-referral.ts';
import { listReferrals } from './list-referrals.ts';
import { readReferral } from './read-referral.ts';
import { reportOutcome } from './report-outcome.ts';
import { rerouteReferral } from './reroute-referral.ts';
import { returnReferral } from './return-referral.ts';
import { verifyReferral } from './verify-referral.ts';

const params = z.object({ referralId: pathId(ReferralId) });

/** The operations on referrals: a department's inbox and its answers, and what officers see and decide of them. */
export const referralOperations = (dependencies: Dependencies): readonly Operation[] => [
  defineOperation({
    operation: 'listReferrals',
    summary: 'List open referrals of a county, the most urgent first: a department its own, officers those of all',
    query: ReferralListQuery,
    page: z.string(),
    response: ReferralList,
    status: 200,
    handle: ({ principal, query, after }) => listReferrals(dependencies, principal, { ...query, after }),
  }),
  defineOperation({
    operation: 'readReferral',
    summary: 'Read a referral: where it stands, by when, and what came of it',
    params,
    response: ReferralView,
    status: 200,
    handle: ({ principal, params: { referralId } }) => readReferral(dependencies, principal, referralId),
  }),
  defineOperation({
    operation: 'acceptReferral',
    summary: 'Accept a referral: the time for its outcome begins',
    params,
    response: ReferralView,
    status: 200,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { referralId } }) => acceptReferral(dependencies, principal, referralId),
  }),
  defineOperation({
    operation: 'returnReferral',
    summary: 'Give a referral back with a reason; the third time it goes to the case panel',
    params,
    body: ReturnBody,
    response: ReferralView,
    status: 200,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { referralId }, body }) => returnReferral(dependencies, principal, referralId, body),
  }),
  defineOperation({
    operation: 'reportOutcome',
    summary: 'Report what came of a referral, with where the proof is kept',
    params,
    body: OutcomeBody,
    response: ReferralView,
    status: 200,
    idempotent: true,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { referralId }, body, idempotencyKey, fingerprint }) =>
      reportOutcome(dependencies, { principal, referralId, body, idempotencyKey, fingerprint }),
  }),
  defineOperation({
    operation: 'verifyReferral',
    summary: 'Confirm a reported outcome, which closes the referral, or give it back to the department',
    params,
    body: VerificationBody,
    response: ReferralView,
    status: 200,
    problems: ['lifecycle-conflict', 'referral-four-eyes'],
    handle: ({ principal, params: { referralId }, body }) => verifyReferral(dependencies, principal, referralId, body),
  }),
  defineOperation({
    operation: 'rerouteReferral',
    summary: 'Send a referral to another department, or to the same one again',
    params,
    body: ReroutingBody,
    response: ReferralView,
    status: 200,
    problems: ['lifecycle-conflict'],
    handle: ({ principal, params: { referralId }, body }) => rerouteReferral(dependencies, principal, referralId, body),
  }),
];
