import { describe, expect, test } from 'vitest';
import { digest } from '../../../adapters/runtime.ts';
import { LocalDate } from '../../../domain/dates.ts';
import type { Determination } from '../../../domain/determinations/determination.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import { PolicyRunId } from '../../../domain/ids.ts';
import { Fen } from '../../../domain/money.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { changeDetermination, isAdverse } from '../../../domain/policy-versions/change-determination.ts';
import { datesOf, driftBetween, hasDrifted } from '../../../domain/policy-versions/result.ts';
import { changeDeterminationIdOf } from '../../../domain/policy-versions/run-ids.ts';
import { allowedDrift, simulationValidDays } from '../../../domain/policy-versions/settings.ts';
import { addTallies, emptyTally, tallyOf } from '../../../domain/policy-versions/tally.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { standardDraft } from '../../support/policies.ts';
import { recordsOf } from '../../support/records.ts';

const list = (...lines: string[]): ReadonlyMap<string, string> =>
  new Map(lines.map((line) => [line, `${line} of 500`]));
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `household ${index}`);

describe('the drift between a simulated list and a fresh one', () => {
  test('counts who is new on it, gone from it, and on it with another change', () => {
    const simulated = list('a', 'b', 'c', 'd');
    const fresh = new Map([...list('b', 'c', 'e'), ['d', 'd of 600']]);
    expect(driftBetween(simulated, fresh, 100)).toEqual({
      simulated: 4,
      fresh: 4,
      appeared: 1,
      gone: 1,
      changed: 1,
      tenThousandths: 7_500,
      allowed: 100,
    });
  });

  test('of exactly the share that is allowed is allowed, of one household more is not', () => {
    const simulated = list(...names(100));
    const with_ = (more: number) => driftBetween(simulated, list(...names(100 + more)), 100);
    expect(hasDrifted(with_(0))).toBe(false);
    expect(hasDrifted(with_(1))).toBe(false);
    expect(hasDrifted(with_(2))).toBe(true);
  });

  test('is never rounded down: a hair more than is allowed is refused', () => {
    const drift = driftBetween(list(...names(199)), list(...names(201)), 100);
    expect(drift.tenThousandths).toBe(101);
    expect(hasDrifted(drift)).toBe(true);
  });

  test('from an empty list is seen', () => {
    expect(hasDrifted(driftBetween(list(), list(), 100))).toBe(false);
    expect(hasDrifted(driftBetween(list(), list('a'), 100))).toBe(true);
  });
});

describe('what a new version leads to', () => {
  const records = recordsOf('a policy change');
  const { household: roster, determination } = records;
  const runId = PolicyRunId.parse(`act_${'0'.repeat(32)}`);
  const memberTiers = [{ personId: records.personId, tier: 'AS_HOUSEHOLD' as const }];
  const evaluation = evaluate(roster.household, shanxiPack, LocalDate.parse('2026-03-02'));
  const decidedFrom = (standing: Determination | undefined, monthly: number, tier: Determination['tier']) =>
    changeDetermination(digest, {
      cause: { kind: 'policy-version', runId },
      determinationId: changeDeterminationIdOf(digest, runId, roster.household.householdId),
      roster,
      standing,
      application: records.application,
      policy: shanxiPack,
      evaluation: {
        ...evaluation,
        status: 'decided',
        householdTier: tier,
        memberTiers,
        entitlements:
          monthly === 0
            ? []
            : [{ item: 'an item', personId: null, amount: Fen.parse(monthly), period: 'month', citation: 'a test' }],
      },
      decidedBy: 'chu-province',
      at: records.startedAt,
    });
  const standing: Determination = {
    ...determination,
    memberTiers,
    entitlements: [{ item: 'an item', personId: null, amount: Fen.parse(50_000), period: 'month' }],
  };
  const stateOf = (...from: Parameters<typeof decidedFrom>) => decidedFrom(...from).change?.state;

  test.each([
    ['more money in the same tier holds at once', 50_001, 'MINIMUM_LIVING_ALLOWANCE', 'in-force'],
    ['the same money holds at once', 50_000, 'MINIMUM_LIVING_ALLOWANCE', 'in-force'],
    ['one fen less waits for the county', 49_999, 'MINIMUM_LIVING_ALLOWANCE', 'awaiting-check'],
    ['a later tier waits for the county, also with more money', 60_000, 'MARGINAL', 'awaiting-check'],
    ['an earlier tier with as much money holds at once', 50_000, 'EXTREME_HARDSHIP', 'in-force'],
    ['nothing at all waits for the county', 0, 'NONE', 'awaiting-check'],
  ] as const)('%s', (_, monthly, tier, state) => {
    expect(stateOf(standing, monthly, tier)).toBe(state);
  });

  test('aid that would begin is published first: it waits for the county', () => {
    const refused: Determination = {
      ...standing,
      outcome: 'refused',
      refusedFor: 'no-tier',
      tier: 'NONE',
      entitlements: [],
    };
    expect(stateOf(refused, 50_000, 'MINIMUM_LIVING_ALLOWANCE')).toBe('awaiting-check');
    expect(stateOf(refused, 0, 'NONE')).toBe('in-force');
  });

  test('a household of which nothing stands waits for an application', () => {
    expect(decidedFrom(undefined, 50_000, 'MINIMUM_LIVING_ALLOWANCE')).toMatchObject({
      applicationId: null,
      reviewId: null,
      change: { state: 'awaiting-application' },
    });
  });

  test('a member who loses extreme hardship loses something, whatever the household gets', () => {
    const { personId } = records;
    const before = { ...standing, memberTiers: [{ personId, tier: 'EXTREME_HARDSHIP' as const }] };
    const after = { ...standing, memberTiers: [{ personId, tier: 'AS_HOUSEHOLD' as const }] };
    expect(isAdverse(before, after)).toBe(true);
    expect(isAdverse(after, before)).toBe(false);
  });
});

test('the days of a draft are all of those on which a value begins, in order, once each', () => {
  const draft = standardDraft({ validFrom: '2026-07-01' });
  const later = standardDraft({ validFrom: '2026-04-01' });
  const both = {
    ...draft,
    changes: { standards: [...(draft.changes.standards ?? []), ...(later.changes.standards ?? [])] },
  };
  expect(datesOf(both)).toEqual(['2026-04-01', '2026-07-01']);
});

test('a simulation is valid for thirty days and a list may differ by one per cent, by what the pack says or by default', () => {
  const date = LocalDate.parse('2026-03-02');
  expect(simulationValidDays(shanxiPack, date)).toBe(30);
  expect(allowedDrift(shanxiPack, date)).toBe(100);
  const without = { ...shanxiPack, parameters: { ...shanxiPack.parameters } };
  for (const key of ['policy.simulation_valid_days', 'policy.simulation_drift_share'])
    Reflect.deleteProperty(without.parameters, key);
  expect(simulationValidDays(without, date)).toBe(30);
  expect(allowedDrift(without, date)).toBe(100);
});

test('tallies add up to the same text in whatever order', () => {
  const of = (tier: 'MARGINAL' | 'NONE', mark: string) =>
    tallyOf({
      county: DivisionCode.parse('140121'),
      before: { tier, amount: Fen.parse(100) },
      after: { tier: 'CANNOT_DECIDE', amount: null },
      line: null,
      mark,
    });
  const three = [of('NONE', 'ffffffffffffffff'), of('MARGINAL', '0000000000000002'), of('NONE', '00000000000000aa')];
  const sum = addTallies(three);
  expect(JSON.stringify(addTallies([emptyTally, ...three.toReversed()]))).toBe(JSON.stringify(sum));
  expect(sum).toMatchObject({ households: 3, roster: '00000000000000ab' });
  expect(sum.counts.map(({ tier, before, after, costBefore }) => [tier, before, after, costBefore])).toEqual([
    ['MARGINAL', 1, 0, 1_200],
    ['NONE', 2, 0, 2_400],
    ['CANNOT_DECIDE', 0, 3, 0],
  ]);
});
