import { z } from 'zod';
import { dynamodbAuditChain } from '../../adapters/dynamodb/audit-chain.ts';
import { dynamodbDailyScanStore } from '../../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import { dynamodbFeedRunStore } from '../../adapters/dynamodb/dynamodb-feed-run-store.ts';
import { dynamodbKeyStore } from '../../adapters/dynamodb/dynamodb-key-store.ts';
import { httpWebhooks } from '../../adapters/webhooks/webhooks.ts';
import type {
  ApplicationId,
  DeterminationId,
  HouseholdId,
  NoticeId,
  ReferralId,
  ReviewId,
  TaskId,
} from '../../domain/ids.ts';
import type { ReviewTaskKind } from '../../domain/lifecycles/task.ts';
import { noticeIdOf, taskIdOf } from '../../domain/reviews/review-ids.ts';
import type { ObjectStore } from '../../domain/store/object-store.ts';
import { awaitNotice } from '../../functions/await-notice/await-notice.ts';
import { checkBreakGlass } from '../../functions/break-glass/check-break-glass.ts';
import { checkCompleteness } from '../../functions/check-completeness/check-completeness.ts';
import { evaluateTiers } from '../../functions/evaluate-tiers/evaluate-tiers.ts';
import { openTask } from '../../functions/open-task/open-task.ts';
import { recordDetermination } from '../../functions/record-determination/record-determination.ts';
import { planAssistance } from '../../functions/relay/plan-assistance.ts';
import { verifyMeans } from '../../functions/verify-means/verify-means.ts';
import { counties } from '../../policies/divisions/divisions.ts';
import { objectsInMemory } from '../support/objects.ts';
import { type PolicySteps, policyDependencies, policySteps } from '../support/policies.ts';
import { startRoster, type TestRoster } from '../support/roster.ts';
import {
  type Answer,
  type Api,
  type ApiParts,
  apiInProcess,
  type Claims,
  type EdgeParts,
  loadOperations,
} from './api.ts';
import { type AgencyName, agencies, claimsOf, coupleOf, type PlaceName, places } from './places.ts';

/** How far a case is led before it is attacked. */
export const stages = [
  'papers',
  'withdrawn',
  'visit',
  'notice',
  'confirmation',
  'determined',
  'referred',
  'reported',
] as const;
export type Stage = (typeof stages)[number];

/** Everything one household's case has ids of; what the stage has not reached is undefined. */
export interface Case {
  readonly applicationId: ApplicationId;
  readonly householdId: HouseholdId;
  readonly reviewId: ReviewId;
  readonly personId: string;
  readonly taskId: TaskId | undefined;
  readonly noticeId: NoticeId | undefined;
  readonly determinationId: DeterminationId | undefined;
  readonly referralId: ReferralId | undefined;
  /** The department that has the referral. */
  readonly department: string;
}

const Submitted = z.looseObject({ applicationId: z.custom<ApplicationId>() });

export interface World {
  readonly api: Api;
  readonly roster: TestRoster;
  readonly policy: PolicySteps;
  readonly objects: ObjectStore;
  readonly stop: () => Promise<void>;
  /** A number nobody has had: for a household of its own. */
  readonly number: () => number;
  readonly key: () => string;
  /** Leads a new household's case to a stage, by the API and the steps of the workflow. */
  readonly lead: (stage: Stage, place?: PlaceName, agency?: AgencyName) => Promise<Case>;
  readonly post: (
    path: string,
    claims: Claims | null,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  readonly get: (path: string, claims: Claims | null, query?: string) => Promise<Answer>;
}

/** Changes the operations before they are served: by this a test breaks a handler to see an attack turn red. */
export type Breaking = (operations: ApiParts['operations']) => ApiParts['operations'];

const okOr = (answer: Answer, what: string): Answer => {
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`${what} was refused: ${answer.status} ${answer.text}`);
  return answer;
};

/** A roster of its own on a real engine, its API in this process, and the means to fill it. */
export const startWorld = async (breaking: Breaking = (operations) => operations): Promise<World> => {
  const roster = await startRoster();
  const objects = objectsInMemory();
  const dependencies = {
    ...policyDependencies(roster),
    keys: dynamodbKeyStore(roster.tables, roster.vault.dataKeys),
    scans: dynamodbDailyScanStore(roster.tables, roster.vault),
    feedRuns: dynamodbFeedRunStore(roster.tables),
    objects,
    // Of an erasure only the reasons of the case may stand in the way, not the calendar.
    retentionDays: 0,
    chains: dynamodbAuditChain(roster.tables),
    // Names are looked up in no network, and every one is a public address.
    webhooks: httpWebhooks({ testHost: null, resolve: async () => ['93.184.215.14'] }),
    divisions: counties().map(({ code }) => code),
    counties: counties().map(({ code }) => code),
    mostCounted: 20_000,
  };
  const operations = breaking(await loadOperations(dependencies));
  const edge: EdgeParts = {
    claimNames: { role: 'role', division: 'division', agency: 'agency' },
    openBreakGlass: (id, principal) => checkBreakGlass(dependencies, id, principal),
    // Ten thousand requests of one caller in a second are the attack itself; the limits are tried where they are at home.
    limiter: async () => ({ refusal: null, headers: {}, rateClass: null, agency: null, failure: null }),
    edgeKey: async () => (await roster.vault.keyring())('cursor'),
  };
  const api = apiInProcess({ operations, edge });
  let numbers = 0;
  const number = (): number => {
    numbers += 1;
    return numbers;
  };
  const key = (): string => `attack-key-${number()}`;

  const post: World['post'] = (path, claims, body, headers = {}) =>
    api.ask({
      method: 'POST',
      path,
      claims,
      headers: {
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const get: World['get'] = (path, claims, query = '') =>
    api.ask({ method: 'GET', path, query, claims, headers: { 'accept-language': 'en' } });

  const submit = async (place: PlaceName, agency: AgencyName, papers: 'all' | 'none') => {
    const body = coupleOf(number(), places[place].township, papers);
    const answer = okOr(
      await post('/applications', claimsOf('agency', place, agency), body, { 'idempotency-key': key() }),
      'a submission',
    );
    // The answer may hold less for some callers than the attack has to know.
    const { applicationId } = Submitted.parse(answer.json);
    const application = await roster.store.application(applicationId);
    const household = application && (await roster.store.household(application.householdId));
    const personId = household?.household.members[0]?.personId;
    if (application === undefined || personId === undefined) throw new Error(`${applicationId} is not in the store`);
    return { applicationId, householdId: application.householdId, reviewId: application.reviewId, personId };
  };
  const complete = async (taskId: TaskId, claims: Claims | null, result: unknown) =>
    okOr(await post(`/tasks/${taskId}/completion`, claims, result), 'a completion');

  const lead: World['lead'] = async (stage, place = 'own-township', agency = 'own-agency') => {
    const ids = await submit(place, agency, stage === 'papers' || stage === 'withdrawn' ? 'none' : 'all');
    const { reviewId } = ids;
    const open = (kind: ReviewTaskKind) => openTask(dependencies, reviewId, kind, `token of ${kind} of ${reviewId}`);
    const taskId = (kind: ReviewTaskKind) => taskIdOf(dependencies.digest, reviewId, kind, 1);
    const all: Case = {
      ...ids,
      taskId: undefined,
      noticeId: undefined,
      determinationId: undefined,
      referralId: undefined,
      department: agencies[agency],
    };
    await checkCompleteness(dependencies, reviewId);
    if (stage === 'papers') {
      await open('supply-papers');
      return { ...all, taskId: taskId('supply-papers') };
    }
    if (stage === 'withdrawn') {
      const path = `/applications/${ids.applicationId}/withdrawal`;
      okOr(await post(path, claimsOf('agency', place, agency), { reason: 'applicant-request' }), 'a withdrawal');
      return all;
    }
    await verifyMeans(dependencies, reviewId);
    await evaluateTiers(dependencies, reviewId, 'first-opinion');
    await open('field-assessment');
    if (stage === 'visit') return { ...all, taskId: taskId('field-assessment') };
    await complete(taskId('field-assessment'), claimsOf('township-worker', place, 'own-agency', '-visitor'), {
      kind: 'field-assessment',
      visitedOn: '2026-03-02',
      investigators: ['township-worker-visitor', 'another-visitor'],
      findings: [],
    });
    await evaluateTiers(dependencies, reviewId, 'preliminary-review');
    await awaitNotice(dependencies, reviewId, `token of the notice of ${reviewId}`);
    const noticeId = noticeIdOf(dependencies.digest, reviewId, 1);
    if (stage === 'notice') return { ...all, taskId: taskId('field-assessment'), noticeId };
    await open('county-confirmation');
    if (stage === 'confirmation') return { ...all, taskId: taskId('county-confirmation'), noticeId };
    await complete(taskId('county-confirmation'), claimsOf('approver', place, 'own-agency', '-confirming'), {
      kind: 'county-confirmation',
      decision: 'confirm',
    });
    const { determinationId } = await recordDetermination(dependencies, reviewId);
    const determined = { ...all, taskId: taskId('county-confirmation'), noticeId, determinationId };
    if (stage === 'determined') return determined;
    const [referralId] = (await planAssistance(dependencies, determinationId)).sent;
    if (referralId === undefined) throw new Error('nothing was referred to anybody');
    const path = `/referrals/${referralId}`;
    const officer = claimsOf('county-worker', place, agency, '-referring');
    okOr(await post(`${path}/rerouting`, officer, { department: agencies[agency] }), 'a rerouting');
    if (stage === 'reported')
      okOr(
        await post(
          `${path}/outcome`,
          claimsOf('agency', place, agency),
          { kind: 'delivered', amount: 100, on: '2026-03-02', evidence: 'file 2026-17' },
          { 'idempotency-key': key() },
        ),
        'an outcome',
      );
    return { ...determined, referralId };
  };

  return { api, roster, objects, policy: policySteps(dependencies), stop: roster.stop, number, key, lead, post, get };
};
