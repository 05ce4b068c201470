import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { AlertDispositionBody } from '../../../contracts/api/alerts.ts';
import type { Principal } from '../../../contracts/principal.ts';
import type { Alert } from '../../../domain/alerts/alert.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import type { AlertId, HouseholdId, PersonId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { disposeAlert } from '../../../functions/alerts/dispose-alert.ts';
import { readAlertRules } from '../../../functions/alerts/read-alert-rules.ts';
import { listAlerts, readAlert } from '../../../functions/alerts/read-alerts.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import { raiseAlerts } from '../../../functions/relay/raise-alerts.ts';
import { relayEvent } from '../../../functions/relay/relay-event.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import { refusalOf } from '../../support/emergencies.ts';
import { type householdChanges, startDecidedCouple } from '../../support/household-changes.ts';
import { approver, county, countyWorker, type couple, otherCountyWorker, principal } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, type reviewSteps } from '../../support/reviews.ts';
import { type TestRoster, writesNothing } from '../../support/roster.ts';

const ownCounty = DivisionCode.parse(county);
let roster: TestRoster;
let of: ReturnType<typeof householdChanges>;
let steps: ReturnType<typeof reviewSteps>;
let asked: ReturnType<typeof couple>;
let reviewId: string;
let householdId: HouseholdId;
let husband: PersonId;
let wife: PersonId;
const opened: TestRoster[] = [];

/** A couple on the allowance, with what it opens planned. */
beforeEach(async () => {
  ({ roster, of, steps, asked, householdId, reviewId, husband, wife } = await startDecidedCouple());
  opened.push(roster);
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.stop()));
});

const fact = (changes: object): Fact =>
  Fact.parse({
    kind: 'hospital.stay-self-paid',
    subject: wife,
    value: 6_000_000,
    unit: 'fen',
    dataset: 'hospital-bills',
    asOf: '2026-03-01',
    recordedAt: '2026-03-02T00:00:00.000Z',
    ...changes,
  });
const bill = (value: number, changes: object = {}): Fact => fact({ value, ...changes });
const wages = (value: number, changes: object = {}): Fact =>
  fact({ kind: 'income.wages', unit: 'fen-per-12-months', dataset: 'tax', value, ...changes });
/** What is broken, but for the notice of the couple's review, whose days nobody let pass. */
const broken = async (): Promise<readonly string[]> =>
  (await violationsIn(roster)).filter((line) => !line.includes(reviewId));
const record = (...facts: Fact[]) => recordFacts(roster.dependencies, householdId, facts);
const relayed = () => of.relayed(['FactsRecorded']);
const told = async (...facts: Fact[]): Promise<void> => {
  await record(...facts);
  await relayed();
};

const alerts = async (state: Alert['state'] = 'open'): Promise<readonly Alert[]> =>
  (await roster.store.alertsOf(ownCounty, state, 100, null)).items;
const alertOf = async (rule: string, state: Alert['state'] = 'open'): Promise<Alert> => {
  const found = (await alerts(state)).find((alert) => alert.rule === rule);
  if (found === undefined) throw new Error(`no alert by ${rule}: ${(await rules(state)).join(', ')}`);
  return found;
};
const rules = async (state: Alert['state'] = 'open') => (await alerts(state)).map(({ rule }) => rule).toSorted();

const disposition = (changes: object = {}): AlertDispositionBody =>
  AlertDispositionBody.parse({
    disposition: 'deliver',
    verdict: 'confirmed',
    grounds: ['home-visit'],
    note: 'The family was visited, and the bill is theirs.',
    ...changes,
  });
const dispose = (alertId: AlertId, changes: object = {}, as: Principal = countyWorker, ifMatch = 1) =>
  disposeAlert(roster.dependencies, { principal: as, alertId, ifMatch, body: disposition(changes) });

describe('a fact that a department tells', () => {
  test('raises an alert with its task when a rule fires, and names nothing of it outside its envelope', async () => {
    await told(bill(6_000_000));
    const alert = await alertOf('hospital.bill-very-high');
    expect(alert).toMatchObject({ state: 'open', level: 'orange', persons: [wife] });
    expect(await roster.store.task(alert.taskId)).toMatchObject({
      kind: 'alert-orange',
      state: 'open',
      alertId: alert.alertId,
      dueOn: '2026-03-05',
    });
    const rows = (await roster.items('roster')).filter(({ pk }) => /^(?:ALERT|TASK|OUTBOX)#/u.test(String(pk)));
    expect(JSON.stringify(rows)).not.toMatch(/hospital|6000000/u);
    expect(await broken()).toEqual([]);
  });

  test('that no rule asks for raises nothing', async () => {
    await told(bill(900_000));
    expect(await rules()).toEqual([]);
  });

  test('told twice, and relayed twice, is one alert of one version', async () => {
    await told(bill(6_000_000));
    await raiseAlerts(roster.dependencies, householdId, { withDecision: true });
    expect(await alerts()).toHaveLength(1);
    expect((await alerts())[0]?.version).toBe(1);
  });

  test('by many at once is still one alert and one task', async () => {
    await record(bill(6_000_000));
    await Promise.all(
      Array.from({ length: 6 }, () => raiseAlerts(roster.dependencies, householdId, { withDecision: true })),
    );
    expect(await alerts()).toHaveLength(1);
    await relayed();
    expect(await broken()).toEqual([]);
  });

  test('in another order leads to the same alerts, on the same evidence', async () => {
    await record(bill(6_000_000));
    await record(bill(8_000_000, { asOf: '2026-03-02' }));
    const events = (await of.outbox('FactsRecorded')).toReversed();
    for (const event of events) await relayEvent({ ...roster.dependencies, workflows: of.workflows }, event);
    const alert = await alertOf('hospital.bill-very-high');
    expect(alert).toMatchObject({ version: 1, evidence: [{ asOf: '2026-03-01' }, { asOf: '2026-03-02' }] });
  });

  test('that says more makes the evidence of the open alert new, and opens no second', async () => {
    await told(bill(6_000_000));
    roster.pass({ hours: 1 });
    await told(bill(8_000_000, { asOf: '2026-03-02' }));
    expect(await alerts()).toMatchObject([
      {
        version: 2,
        refreshedAt: roster.at(),
        evidence: [{ asOf: '2026-03-01' }, { asOf: '2026-03-02' }],
        state: 'open',
      },
    ]);
    expect(await broken()).toEqual([]);
  });

  test('that takes the cause away closes nothing: only an officer does, who is told that it does not fire any more', async () => {
    await told(bill(6_000_000, { asOf: '2026-01-20' }));
    await told(bill(100_000));
    const { alertId } = await alertOf('hospital.bill-very-high');
    expect(bodyOf(await readAlert(roster.dependencies, countyWorker, alertId))).toMatchObject({ firesNow: false });
  });
});

describe('what the rules would decide otherwise', () => {
  test('for less is an alert, and neither the decision nor the money changes', async () => {
    const before = await of.stored(householdId);
    const standing = await of.standing(householdId);
    await told(wages(90_000_00), wages(90_000_00, { subject: husband }));
    expect(await rules()).toContain('decision.may-no-longer-qualify');
    expect(await of.standing(householdId)).toEqual(standing);
    expect((await of.stored(householdId)).determinationId).toBe(before.determinationId);
    expect((await of.stored(householdId)).household.tier).toBe(before.household.tier);
    const { alertId } = await alertOf('decision.may-no-longer-qualify');
    const view = bodyOf(await readAlert(roster.dependencies, approver, alertId));
    expect(view).toMatchObject({
      suggests: 'verify-and-terminate',
      firesNow: true,
      wouldBe: { status: 'decided', tierStanding: standing.tier, tier: 'NONE', amount: 0 },
      evidence: [{ kind: 'income.wages', dataset: 'tax' }, { kind: 'income.wages' }],
    });
    expect(view.wouldBe?.reasons.zh[0]).toContain('认定结果');
    expect(view.why.zh).toContain('低于现行认定');
  });

  test('for more is an alert that it may qualify', async () => {
    const standing = await of.standing(householdId);
    const more = wages(0, { asOf: '2026-03-01' });
    await told(
      more,
      ...['income.transfer', 'income.business', 'income.other', 'income.property'].flatMap((kind) =>
        [husband, wife].map((subject) => wages(0, { kind, subject })),
      ),
      wages(0, { subject: husband }),
    );
    expect(await rules()).toContain('decision.may-qualify');
    expect(await of.standing(householdId)).toEqual(standing);
  });

  test('not at all while a review decides by the same facts itself', async () => {
    await steps.submit(asked);
    await told(wages(90_000_00), wages(90_000_00, { subject: husband }));
    expect(await rules()).not.toContain('decision.may-no-longer-qualify');
  });

  test('after a change on record is decided anew and is no alert', async () => {
    await of.changed(householdId, { kind: 'left', on: '2026-03-01', personId: wife, evidence: 'divorce-certificate' });
    await of.followed();
    expect((await of.standing(householdId)).change?.cause.kind ?? 'awaiting-check').toMatch(
      /household-change|awaiting/u,
    );
    expect(await rules()).toEqual([]);
  });
});

describe('the disposition of an alert', () => {
  test('ends it with its task, by a person and with what it rests on, and counts it once', async () => {
    await told(bill(6_000_000));
    const { alertId, taskId } = await alertOf('hospital.bill-very-high');
    const view = bodyOf(await dispose(alertId));
    expect(view).toMatchObject({
      state: 'disposed',
      disposal: { disposition: 'deliver', verdict: 'confirmed', grounds: ['home-visit'], by: countyWorker.subject },
    });
    expect(await roster.store.task(taskId)).toMatchObject({ state: 'completed', completion: { outcome: 'disposed' } });
    expect(await rules()).toEqual([]);
    expect(await rules('disposed')).toEqual(['hospital.bill-very-high']);
    expect(await broken()).toEqual([]);
  });

  test('is kept when it is sent again, and refused when it is another', async () => {
    await told(bill(6_000_000));
    const { alertId } = await alertOf('hospital.bill-very-high');
    await dispose(alertId);
    await writesNothing(roster, async () => {
      expect(bodyOf(await dispose(alertId))).toMatchObject({ state: 'disposed' });
      expect(refusalOf(await dispose(alertId, { verdict: 'false-alarm' })).problem).toBe('lifecycle-conflict');
    });
  });

  test('asks for the version the officer has seen: what was made new since has to be looked at', async () => {
    await told(bill(6_000_000));
    const { alertId } = await alertOf('hospital.bill-very-high');
    await told(bill(8_000_000, { asOf: '2026-03-02' }));
    expect(refusalOf(await dispose(alertId)).problem).toBe('version-conflict');
    expect(bodyOf(await dispose(alertId, {}, approver, 2))).toMatchObject({ state: 'disposed' });
  });

  test('is one of the four, with grounds and a note', () => {
    for (const wrong of [{ disposition: 'ignore' }, { grounds: [] }, { note: ' ' }, { verdict: 'maybe' }])
      expect(AlertDispositionBody.safeParse({ ...disposition(), ...wrong }).success).toBe(false);
  });

  test('holds: the same facts told again raise nothing, others raise another', async () => {
    await told(bill(6_000_000));
    await dispose((await alertOf('hospital.bill-very-high')).alertId);
    await told(bill(6_000_000, { recordedAt: '2026-03-02T00:30:00.000Z' }));
    expect(await rules()).toEqual([]);
    await told(bill(9_000_000, { recordedAt: '2026-03-02T01:00:00.000Z' }));
    expect(await rules()).toEqual(['hospital.bill-very-high']);
    expect(await broken()).toEqual([]);
  });

  test('is nobody’s of another county, who finds nothing', async () => {
    await told(bill(6_000_000));
    const { alertId } = await alertOf('hospital.bill-very-high');
    expect(refusalOf(await readAlert(roster.dependencies, otherCountyWorker, alertId)).problem).toBe('not-found');
    expect(refusalOf(await dispose(alertId, {}, otherCountyWorker)).problem).toBe('not-found');
    const asked = { county: ownCounty, state: 'open', limit: 50, after: null } as const;
    expect(refusalOf(await listAlerts(roster.dependencies, otherCountyWorker, asked)).problem).toBe('forbidden');
  });
});

describe('an alert that nobody disposes of', () => {
  test('is escalated by the sweep at the deadline of its level, and stays open', async () => {
    await told(bill(6_000_000));
    const { taskId } = await alertOf('hospital.bill-very-high');
    roster.pass({ days: 4 });
    await sweep({ ...roster.dependencies, workflows: of.workflows }, [ownCounty], () => undefined);
    expect(await roster.store.task(taskId)).toMatchObject({ state: 'escalated' });
    expect(await rules()).toEqual(['hospital.bill-very-high']);
    expect(await broken()).toEqual([]);
  });
});

describe('the list of a county', () => {
  test('has the most urgent first, whatever was raised first', async () => {
    await told(bill(6_000_000));
    roster.pass({ minutes: 5 });
    await told(
      fact({ kind: 'event.kind', subject: householdId, value: 'accident', unit: 'choice', asOf: '2026-03-02' }),
    );
    const asked = { state: 'open', limit: 50, after: null } as const;
    const { alerts: listed } = bodyOf(await listAlerts(roster.dependencies, countyWorker, asked));
    expect(listed.map(({ level }) => level).slice(0, 2)).toEqual(['red', 'orange']);
    expect(listed[0]?.rule).toMatchObject({ code: 'event.sudden', basis: 'assumption' });
  });
});

describe('how often a rule was right', () => {
  const of12 = (division: string, as: Principal = principal('provincial', '14', 'a-province')) =>
    readAlertRules({ ...roster.dependencies, counties: [ownCounty] }, as, DivisionCode.parse(division));

  test('is counted from the dispositions by rule and dataset, and a rule too often wrong is named', async () => {
    for (let number = 0; number < 10; number += 1) {
      await told(bill(6_000_000 + number * 100, { recordedAt: `2026-03-02T00:00:0${number}.000Z` }));
      const { alertId } = await alertOf('hospital.bill-very-high');
      await dispose(alertId, { verdict: number < 4 ? 'confirmed' : 'false-alarm', note: `looked at ${number}` });
    }
    const view = bodyOf(await of12('14'));
    expect(view.rules.find(({ code }) => code === 'hospital.bill-very-high')).toMatchObject({
      confirmed: 4,
      falseAlarms: 6,
      precision: 0.4,
      tooOftenWrong: true,
      inForce: true,
    });
    expect(view.datasets).toEqual([
      { dataset: 'hospital-bills', confirmed: 4, falseAlarms: 6, precision: 0.4, tooOftenWrong: true },
    ]);
    expect(view.rules.filter(({ tooOftenWrong }) => tooOftenWrong)).toHaveLength(1);
    expect(view.judgedBy).toMatchObject({ floor: 0.5, from: 10, basis: 'assumption' });
    expect(JSON.stringify(await roster.items('roster'))).not.toContain('hospital.bill');
    expect(await broken()).toEqual([]);
  });

  test('is nobody’s of another county', async () => {
    expect(refusalOf(await of12(county, otherCountyWorker)).problem).toBe('forbidden');
  });
});
