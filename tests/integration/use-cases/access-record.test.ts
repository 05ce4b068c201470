import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubmittedApplication } from '../../../contracts/api/applications.ts';
import { AccessRecordPage } from '../../../contracts/api/households.ts';
import type { Principal } from '../../../contracts/principal.ts';
import { newEvent } from '../../../domain/events/new-event.ts';
import { householdOperations } from '../../../functions/households/operations.ts';
import { type Edge, type EdgeCall, edgeOf, faultsIn, viewIn } from '../../support/edge.ts';
import type { Item } from '../../support/engine.ts';
import {
  approver,
  auditor,
  countyWorker,
  couple,
  otherCountyWorker,
  principal,
  township,
  townshipWorker,
} from '../../support/people.ts';
import { type ReviewSteps, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

const provincial = principal('provincial', '14', 'feng-province');
const administrator = principal('administrator', '14', 'wei-administrator');

let roster: TestRoster;
let steps: ReviewSteps;
let edge: Edge;
let submitted: SubmittedApplication;
let husband: string;
beforeAll(async () => {
  roster = await startRoster();
  steps = reviewSteps(roster.dependencies);
  edge = edgeOf(householdOperations(roster.dependencies));
  submitted = await steps.submit(couple());
  husband = submitted.members[0]?.personId ?? '';
  for (let readings = 0; readings < 8; readings += 1) await edge.call({ as: townshipWorker, path: household() });
});
afterAll(() => roster.stop());

const household = () => `/households/${submitted.householdId}`;
const disclosures = (personId = husband) => `${household()}/members/${personId}/disclosures`;
const record = (personId = husband) => `${household()}/members/${personId}/access-record`;
const disclose = (as: Principal, asked: unknown) => edge.call({ as, path: disclosures(), body: asked });
const newIn = async (before: readonly Item[]): Promise<Item[]> => {
  const known = new Set(before.map(({ pk, sk }) => `${String(pk)} ${String(sk)}`));
  return (await roster.items('audit')).filter(({ pk, sk }) => !known.has(`${String(pk)} ${String(sk)}`));
};

const pageOf = async (request: EdgeCall) => viewIn(AccessRecordPage, await edge.call(request));

describe('a person’s own record', () => {
  test('shows who looked, when, why and at what, the newest first, the reading of it among them', async () => {
    roster.pass({ minutes: 1 });
    await disclose(approver, { purpose: 'identity-check', fields: ['name'] });
    roster.pass({ minutes: 1 });
    const page = await pageOf({ as: countyWorker, path: record(), query: 'limit=2' });
    expect(page.entries).toEqual([
      {
        entryId: expect.stringMatching(/^evt_/u),
        at: roster.at(),
        kind: 'read',
        role: 'county-worker',
        agency: null,
        division: '140121',
        subject: null,
        purpose: { code: 'at-the-persons-request', text: 'at the person’s own request' },
        fields: ['access-record'],
      },
      expect.objectContaining({
        kind: 'disclosed',
        role: 'approver',
        purpose: { code: 'identity-check', text: 'check of identity' },
        fields: ['name'],
      }),
    ]);
    expect(page.nextCursor).toEqual(expect.any(String));
  });

  test('goes on with its cursor, in this person’s record, for this caller’s scope, and nowhere else', async () => {
    const seen: string[] = [];
    let query = 'limit=3';
    const expected = (await roster.items('audit')).filter(({ pk }) => pk === `PERSON#${husband}`).length;
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await pageOf({ as: auditor, path: record(), query });
      seen.push(...page.entries.map(({ entryId }) => entryId));
      if (page.nextCursor === null) break;
      query = `limit=3&cursor=${page.nextCursor}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    // The first page holds its own reading; those of the later pages are newer than where they go on.
    expect(seen).toHaveLength(expected + 1);

    const page = await pageOf({ as: auditor, path: record(), query: 'limit=3' });
    const cursor = `limit=3&cursor=${page.nextCursor}`;
    const wife = submitted.members[1]?.personId;
    for (const request of [
      { as: auditor, path: record(wife), query: cursor },
      { as: countyWorker, path: record(), query: cursor },
      { as: auditor, path: record(), query: cursor.replace('limit=3', 'limit=4') },
    ]) {
      const answer = await writesNothing(roster, () => edge.call(request));
      expect(faultsIn(answer)).toEqual(['/cursor cursor.invalid']);
    }
  });

  test('tells an auditor whose account it was, and says why in the language of the caller', async () => {
    const page = await pageOf({ as: auditor, path: record(), language: 'zh' });
    expect(page.entries[0]).toMatchObject({ subject: 'an-auditor', purpose: { code: 'audit', text: '审计' } });
  });

  test('is read by county staff of the division, the province and auditors, and by nobody else', async () => {
    for (const who of [countyWorker, provincial, auditor]) {
      expect((await edge.call({ as: who, path: record() })).status).toBe(200);
    }
    for (const who of [townshipWorker, approver, administrator]) {
      const answer = await writesNothing(roster, () => edge.call({ as: who, path: record() }));
      expect(answer.status).toBe(403);
    }
    const answer = await writesNothing(roster, () => edge.call({ as: otherCountyWorker, path: record() }));
    expect(answer.status).toBe(404);
  });

  test('of thirty people in one household is written for all of them', async () => {
    const members = Array.from({ length: 30 }, (_, index) => ({
      ...(submittedHousehold.members[0] ?? raise()),
      personId: `per_${String(index).padStart(32, '0')}` as never,
    }));
    await roster.store.commit({
      aggregates: [
        {
          kind: 'household',
          value: {
            ...stored,
            version: 1,
            household: { ...submittedHousehold, householdId: `hh_${'5'.repeat(32)}` as never, members, facts: [] },
            identities: [],
          },
        },
      ],
      event: eventOf(),
      actor: { role: 'workflow', subject: 'a test' },
      division: township as never,
    });
    const before = await roster.items('audit');
    const answer = await edge.call({ as: approver, path: `/households/hh_${'5'.repeat(32)}` });
    expect(answer.status).toBe(200);
    expect(await newIn(before)).toHaveLength(60);
  });

  const raise = (): never => {
    throw new Error('no member');
  };
  let stored: NonNullable<Awaited<ReturnType<TestRoster['store']['household']>>>;
  let submittedHousehold: typeof stored.household;
  beforeAll(async () => {
    stored = (await roster.store.household(submitted.householdId)) ?? raise();
    submittedHousehold = stored.household;
  });
  const eventOf = () =>
    newEvent('TaskOpened', roster.at(), roster.dependencies.newId, { applicationId: null, reviewId: null });
});
