import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../../domain/eligibility/evaluation.ts';
import type { Household } from '../../../domain/households/household.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { applyDraft } from '../../../domain/policy/policy-draft.ts';
import { countSegment } from '../../../functions/count-segment/count-segment.ts';
import { knownDivision } from '../../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { generateHouseholds } from '../../../synthetic/households.ts';
import { rosterRows } from '../../../synthetic/roster-rows.ts';
import { auditor, otherApprover, principal } from '../../support/people.ts';
import {
  administrator,
  countyAdministrator,
  drafter,
  type PolicySteps,
  policyDependencies,
  policySteps,
  standardDraft,
  standardEverywhere,
} from '../../support/policies.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

const today = LocalDate.parse('2026-03-02');
const county = DivisionCode.parse('140121');
const households: Household[] = [];
let roster: TestRoster;
let steps: PolicySteps;

beforeAll(async () => {
  roster = await startRoster();
  steps = policySteps(policyDependencies(roster));
  const made = [...generateHouseholds({ seed: 'a policy', count: 150, county, date: today })];
  households.push(...made.map((one) => one.roster.household));
  const sealing = { keyring: await roster.vault.keyring(), newest: await roster.vault.dataKeys.newest() };
  const rows = made.flatMap((one) => rosterRows(one, sealing));
  for (let begin = 0; begin < rows.length; begin += 25) {
    const batch = rows.slice(begin, begin + 25).map((Item) => ({ PutRequest: { Item } }));
    await roster.tables.client.send(new BatchWriteCommand({ RequestItems: { [roster.tables.roster]: batch } }));
  }
  bodyOf(await steps.draft(draft));
});
afterAll(() => roster.stop());

const draft = standardDraft();
const applied = applyDraft(shanxiPack, draft, knownDivision);
const pack = applied.ok ? applied.pack : shanxiPack;

const tierOf = ({ status, householdTier }: Evaluation): string =>
  status === 'decided' ? householdTier : 'CANNOT_DECIDE';
const yearly = ({ entitlements }: Evaluation): number =>
  entitlements.reduce((sum, { amount, period }) => (period === 'month' ? sum + 12 * amount : sum), 0);

describe('a simulation', () => {
  test('counts the whole roster as an independent count does: households and cost by county and tier, before and after', async () => {
    const { result, status, progress } = await steps.simulatedAgain(draft.version);
    expect(status).toBe('done');
    const expected = new Map<string, [number, number, number, number]>();
    for (const household of households) {
      const row = (evaluation: Evaluation): [number, number, number, number] => {
        // Where the household is registered: one of the county's households has its register elsewhere.
        const key = `${household.registeredDivision.slice(0, 6)} ${tierOf(evaluation)}`;
        const found = expected.get(key) ?? [0, 0, 0, 0];
        expected.set(key, found);
        return found;
      };
      const before = evaluate(household, shanxiPack, today);
      const after = evaluate(household, pack, today);
      row(before)[0] += 1;
      row(after)[1] += 1;
      row(before)[2] += yearly(before);
      row(after)[3] += yearly(after);
    }
    const found = result?.counts.map((count) => [
      `${count.county} ${count.tier}`,
      [count.before, count.after, count.costBefore, count.costAfter],
    ]);
    expect(Object.fromEntries(found ?? [])).toEqual(Object.fromEntries(expected));
    expect(result).toMatchObject({ households: households.length, asOf: today });
    expect(progress).toEqual({ segmentsDone: 4, segments: 4, households: households.length });
  });

  test('names every household that something changes for, and no other, with what and why', async () => {
    const { simulationId, result } = await steps.simulatedAgain(draft.version);
    const changes = await steps.changes(draft.version, simulationId);
    const expected = households.filter((household) => {
      const [before, after] = [shanxiPack, pack].map((policy) => evaluate(household, policy, today));
      if (before === undefined || after === undefined) throw new Error('not evaluated');
      const text = ({ householdTier, memberTiers, entitlements }: Evaluation) =>
        JSON.stringify([
          householdTier,
          memberTiers,
          entitlements.map(({ item, personId, amount }) => [item, personId, amount]),
        ]);
      return [before, after].some(({ status }) => status === 'cannot-decide') || text(before) !== text(after);
    });
    expect(new Set(changes.map(({ householdId }) => householdId))).toEqual(
      new Set(expected.map(({ householdId }) => householdId)),
    );
    expect(changes).toHaveLength(expected.length);
    for (const kind of ['enters', 'leaves', 'tier', 'amount', 'undecided'] as const) {
      expect(result?.changes[kind], kind).toBe(changes.filter((change) => change.kind === kind).length);
    }
    expect(result?.changes.amount).toBeGreaterThan(0);
    for (const change of changes.filter(({ kind }) => kind === 'amount')) {
      expect(change.amountAfter).toBeGreaterThan(change.amountBefore ?? 0);
      expect(change.reasons.length).toBeGreaterThan(0);
    }
  });

  test('of the same roster and draft has the same hash, however the roster is cut', async () => {
    const first = await steps.simulatedAgain(draft.version);
    const runs = policyDependencies(roster).runs;
    const many = policySteps({ ...policyDependencies(roster), runs: { ...runs, estimatedRows: async () => 600_000 } });
    const second = await many.simulatedAgain(draft.version);
    expect(second.progress.segments).toBe(10);
    expect(second.simulationId).not.toBe(first.simulationId);
    expect(second.result).toEqual(first.result);
  });

  test('that is cut off and repeated stores the same and counts nobody twice', async () => {
    const dependencies = policyDependencies(roster);
    const { simulationId } = bodyOf(await steps.simulate(draft.version));
    const begun = await steps.count(simulationId);
    const before = await roster.everything();
    // The reply of every step was lost: each is called again.
    await steps.count(simulationId);
    for (const step of begun.segments) await countSegment(dependencies, step as never);
    expect(await roster.everything()).toEqual(before);
    await steps.conclude(simulationId);
    const concluded = await roster.everything();
    expect(await steps.conclude(simulationId)).toEqual({ next: 'end' });
    expect(await roster.everything()).toEqual(concluded);
    expect((await steps.simulation(draft.version, simulationId)).result?.households).toBe(households.length);
  });

  test('goes on behind the last part that was stored when a step dies', async () => {
    const { simulationId } = bodyOf(await steps.simulate(draft.version));
    const dependencies = policyDependencies(roster);
    let pages = 0;
    const dying = {
      ...dependencies,
      runs: {
        ...dependencies.runs,
        households: async (...where: Parameters<typeof dependencies.runs.households>) => {
          pages += 1;
          if (pages > 2) throw new Error('the process was killed');
          return dependencies.runs.households(...where);
        },
      },
    };
    await expect(policySteps(dying).count(simulationId)).rejects.toThrow(/killed/u);
    const halfway = await steps.simulation(draft.version, simulationId);
    expect(halfway).toMatchObject({ status: 'running', result: null });
    expect(halfway.progress.segmentsDone).toBeLessThan(4);
    await steps.run(simulationId);
    expect(await steps.simulation(draft.version, simulationId)).toMatchObject({
      status: 'done',
      result: { households: households.length },
    });
  });

  test('asked for twice with one key is one run, and another key is another', async () => {
    const first = bodyOf(await steps.simulate(draft.version, drafter, 'one-key-for-both'));
    const again = await writesNothing(roster, () => steps.simulate(draft.version, drafter, 'one-key-for-both'));
    expect(again).toMatchObject({ ok: true, replayed: true, body: { simulationId: first.simulationId } });
    expect(bodyOf(await steps.simulate(draft.version)).simulationId).not.toBe(first.simulationId);
  });

  test('says that a standard is raised while people get less', async () => {
    const cut = {
      ...standardDraft({ version: 'shanxi-2026.3', rural: 50_000 }),
      changes: {
        standards: [...standardEverywhere('rural', 50_000), ...standardEverywhere('urban', 30_000)],
      },
    };
    const { result } = await steps.simulated(cut);
    const { leaves = 0, reduced = 0 } = result?.changes ?? {};
    expect(leaves + reduced).toBeGreaterThan(0);
    expect(result?.warnings.map(({ code }) => code)).toContain('standard-raised-while-people-cut');
  });
});

describe('the named list', () => {
  test('comes in pages that hold every line once', async () => {
    const dependencies = policyDependencies(roster);
    const { simulationId } = await steps.simulatedAgain(draft.version);
    const { listSimulatedChanges } = await import('../../../functions/policies/read-runs.ts');
    const all = await steps.changes(draft.version, simulationId);
    const paged: string[] = [];
    let after: never | null = null;
    do {
      const page = await listSimulatedChanges(dependencies, auditor, {
        policyVersion: draft.version,
        simulationId,
        kind: undefined,
        county: undefined,
        limit: 7,
        after,
      });
      paged.push(...bodyOf(page).changes.map(({ householdId }) => householdId));
      after = (page.ok ? (page.next ?? null) : null) as never | null;
    } while (after !== null);
    expect(paged).toEqual(all.map(({ householdId }) => householdId));
    expect(all.length).toBeGreaterThan(14);
  });

  test('shows a reader the households of the own division only', async () => {
    const { simulationId } = await steps.simulatedAgain(draft.version);
    expect(await steps.changes(draft.version, simulationId, principal('auditor', '140105', 'an-auditor'))).toEqual([]);
    expect(await steps.changes(draft.version, simulationId, principal('auditor', '140121', 'an-auditor'))).not.toEqual(
      [],
    );
    expect(otherApprover.division).toBe('140105');
  });

  test('is stored sealed: no household can be read in its rows', async () => {
    const rows = (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('RUN#'));
    expect(rows.length).toBeGreaterThan(8);
    for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/hh_[0-9a-f]{32}/u);
  });
});

describe('a draft', () => {
  test('with faults is refused as a whole, each with its place and the words of the pack', async () => {
    const wrong = standardDraft({ version: 'shanxi-2026.9', validFrom: '2021-05-01' });
    const outcome = await writesNothing(roster, () => steps.draft(wrong));
    expect(outcome).toMatchObject({
      ok: false,
      problem: 'validation-failed',
      errors: expect.arrayContaining([
        expect.objectContaining({
          field: '/changes/standards/0/values/0/validFrom',
          code: 'policy.draft',
          values: { message: expect.stringContaining('begin after 2022-01-01') },
        }),
      ]),
    });
    expect(outcome.ok ? 0 : outcome.errors?.length).toBe(50);
  });

  test('based on a version nobody knows says which one is in force', async () => {
    const outcome = await steps.draft(standardDraft({ version: 'shanxi-2026.9', basedOn: 'shanxi-1999.1' }));
    expect(outcome).toMatchObject({
      problem: 'validation-failed',
      errors: [{ field: '/basedOn', code: 'policy.base-unknown', values: { inForce: shanxiPack.version } }],
    });
  });

  test('is stored once: the same request is answered again, the same name with another document is refused', async () => {
    const body = standardDraft({ version: 'shanxi-2026.4' });
    const first = bodyOf(await steps.draft(body, drafter, 'a-key-of-a-draft'));
    const again = await writesNothing(roster, () => steps.draft(body, drafter, 'a-key-of-a-draft'));
    expect(again).toMatchObject({ ok: true, replayed: true, body: first });
    const other = standardDraft({ version: 'shanxi-2026.4', rural: 70_000 });
    expect(await steps.draft(other, drafter, 'a-key-of-a-draft')).toMatchObject({ problem: 'idempotency-key-reused' });
    expect(await steps.draft(other)).toMatchObject({ problem: 'policy-version-exists' });
    expect(await steps.draft(standardDraft({ version: shanxiPack.version }))).toMatchObject({
      problem: 'policy-version-exists',
    });
  });

  test('is the province’s: an administrator of a county may not have one simulated', async () => {
    expect(await steps.simulate(draft.version, countyAdministrator)).toMatchObject({ problem: 'forbidden' });
    expect(await steps.simulate(draft.version, administrator)).toMatchObject({ ok: true });
  });
});
