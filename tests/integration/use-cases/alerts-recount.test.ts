import { afterAll, beforeAll, expect, test } from 'vitest';
import { AlertDispositionBody } from '../../../contracts/api/alerts.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import type { AlertId } from '../../../domain/ids.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { disposeAlert } from '../../../functions/alerts/dispose-alert.ts';
import { recordFacts } from '../../../functions/record-facts.ts';
import type { Item } from '../../support/engine.ts';
import { startCouple } from '../../support/household-changes.ts';
import { county, countyWorker } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf } from '../../support/reviews.ts';
import type { TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let waiting: AlertId;
let ended: AlertId;

/** One alert that is open, and one that was disposed of. */
beforeAll(async () => {
  const couple = await startCouple();
  ({ roster } = couple);
  const { dependencies, store } = roster;
  const fact = (kind: string, value: unknown, unit: string, subject: string) =>
    Fact.parse({
      ...{ kind, value, unit, subject, dataset: 'hospital-bills', asOf: '2026-03-01' },
      recordedAt: '2026-03-02T00:00:00.000Z',
    });
  await recordFacts(dependencies, couple.householdId, [
    fact('hospital.stay-self-paid', 6_000_000, 'fen', couple.wife),
    fact('event.kind', 'accident', 'choice', couple.householdId),
  ]);
  await couple.of.relayed(['FactsRecorded']);
  const { items } = await store.alertsOf(DivisionCode.parse(county), 'open', 10, null);
  const of = (rule: string): AlertId => {
    const found = items.find((alert) => alert.rule === rule);
    if (found === undefined) throw new Error(`no alert by ${rule}`);
    return found.alertId;
  };
  waiting = of('event.sudden');
  ended = of('hospital.bill-very-high');
  const body = AlertDispositionBody.parse({
    ...{
      disposition: 'case-panel',
      verdict: 'false-alarm',
      grounds: ['panel-minutes'],
      note: 'Paid by the insurance.',
    },
  });
  bodyOf(await disposeAlert(dependencies, { principal: countyWorker, alertId: ended, ifMatch: 1, body }));
});
afterAll(() => roster.stop());

const isAlert = (id: AlertId) => (item: Item) => item['pk'] === `ALERT#${id}`;
const isTask = (id: AlertId) => (item: Item) => item['alertId'] === id && item['kind'] !== undefined;
const changing = (isMeant: (item: Item) => boolean, values: object) => (items: readonly Item[]) =>
  items.map((item) => (isMeant(item) ? { ...item, ...values } : item));
const without = (isMeant: (item: Item) => boolean) => (items: readonly Item[]) =>
  items.filter((item) => !isMeant(item));
const told = async (changed: (items: readonly Item[]) => readonly Item[]) =>
  (await violationsIn(roster, changed)).join('\n');

test('alerts that are open and that have ended are found in order', async () => {
  expect(await violationsIn(roster)).toEqual([]);
});

test('an open alert whose task is gone, or done, is told: nobody has it', async () => {
  expect(await told(without(isTask(waiting)))).toContain(`I3: ${waiting}: is open, and nobody has it`);
  expect(await told(changing(isTask(waiting), { state: 'completed' }))).toContain(
    `${waiting}: is open, and nobody has it`,
  );
});

test('a task that somebody still works on after its alert has ended is told', async () => {
  expect(await told(changing(isTask(ended), { state: 'open' }))).toContain(
    `I3: ${ended}: has ended, and somebody still`,
  );
});

test('a task of an alert that is not there is told', async () => {
  expect(await told(without(isAlert(waiting)))).toContain(`I1: ${waiting}: a task names an alert that is not there`);
});

test('an alert in the list of another county, or under another state, is told', async () => {
  expect(await told(changing(isAlert(waiting), { wpk: 'ALERTS#140105' }))).toContain(`I9: ${waiting}`);
});

test('an alert that ended and was not counted is told', async () => {
  const isCount = (item: Item) => String(item['pk']).startsWith('ALERTS-DISPOSED#');
  expect(await told(without(isCount))).toContain('1 alerts ended, 0 counted');
});

test('the name of a rule in plain text is told', async () => {
  expect(await told(changing(isAlert(waiting), { rule: 'event.sudden' }))).toContain(`I8: alert ${waiting}`);
});
