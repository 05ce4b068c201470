import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateInChina } from '../../../domain/dates.ts';
import type { EmergencyAidId } from '../../../domain/ids.ts';
import { closeEmergencyAid } from '../../../functions/emergency-aid/close-emergency-aid.ts';
import { payEmergencyAid, supplyEmergencyPapers } from '../../../functions/emergency-aid/move-aid.ts';
import { emergencies } from '../../support/emergencies.ts';
import type { Item } from '../../support/engine.ts';
import { county, countyWorker, township, townshipWorker } from '../../support/people.ts';
import { violationsIn } from '../../support/recount.ts';
import { bodyOf, reviewSteps } from '../../support/reviews.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let granted: EmergencyAidId;
let lasting: EmergencyAidId;

/** One emergency in each state there is, from two reserves. */
beforeAll(async () => {
  roster = await startRoster();
  const { dependencies } = roster;
  const of = emergencies(dependencies);
  const moving = (emergencyAidId: EmergencyAidId) => ({ principal: townshipWorker, emergencyAidId, ifMatch: null });
  const given = async (principal = townshipWorker) => bodyOf(await of.grant({}, principal)).emergencyAidId;
  const paid = async () => {
    const id = await given();
    bodyOf(await payEmergencyAid(dependencies, moving(id), dateInChina(roster.at())));
    return id;
  };
  const documented = async () => {
    const id = await paid();
    bodyOf(await supplyEmergencyPapers(dependencies, moving(id), { papers: ['receipt'] }));
    return id;
  };
  for (const place of [township, county])
    for (const amount of [100_000, 200_000]) bodyOf(await of.allocate(amount, place));
  granted = await given();
  await given(countyWorker);
  await paid();
  await documented();
  bodyOf(await closeEmergencyAid(dependencies, moving(await documented()), { outcome: 'paid', hardshipLasts: false }));
  lasting = await documented();
  bodyOf(await closeEmergencyAid(dependencies, moving(lasting), { outcome: 'paid', hardshipLasts: true }));
  const withdrawn = { outcome: 'not-paid', reason: 'person-left' } as const;
  bodyOf(await closeEmergencyAid(dependencies, moving(await given()), withdrawn));
  const settled = await documented();
  bodyOf(await closeEmergencyAid(dependencies, moving(settled), { outcome: 'paid', hardshipLasts: true }));
  const task = await of.task(settled, 'emergency-full-review');
  const result = { kind: 'emergency-full-review', applicationId: null } as const;
  bodyOf(await reviewSteps(dependencies).complete(task?.taskId as never, result, townshipWorker));
});
afterAll(() => roster.stop());

const changing = (isMeant: (item: Item) => boolean, values: object) => (items: readonly Item[]) =>
  items.map((item) => (isMeant(item) ? { ...item, ...values } : item));
const without = (isMeant: (item: Item) => boolean) => (items: readonly Item[]) =>
  items.filter((item) => !isMeant(item));
const startsWith = (begin: string) => (item: Item) => String(item['pk']).startsWith(begin);
const taskOf = (id: EmergencyAidId, kind: string) => (item: Item) =>
  item['emergencyAidId'] === id && item['kind'] === kind;

test('a recount with rules of its own finds nothing wrong with emergencies in every state', async () => {
  expect(await violationsIn(roster)).toEqual([]);
});

test.each([
  [
    'a reserve that holds more than its entries come to',
    changing(startsWith(`EMERGENCY-RESERVE#${township}`), { balance: 999 }),
    'I2',
  ],
  ['money that left its reserve without an entry', without((item) => item['entry'] === 'grant'), 'I2'],
  ['an aid of another amount than its entry', changing(startsWith('EMERGENCY-AID#'), { amount: 1 }), 'I2'],
  ['an event that nothing marks as aided', without(startsWith('EMERGENCY-ONCE#')), 'I2'],
  ['an aid that nobody has the task of', without((item) => taskOf(granted, 'emergency-payment')(item)), 'I4'],
  ['hardship that lasts and leads nowhere', without((item) => taskOf(lasting, 'emergency-full-review')(item)), 'I1'],
  ['a cause in plain text', changing(startsWith('EMERGENCY-AID#'), { cause: 'sudden-illness' }), 'I8'],
  [
    'an aid that was paid without a move',
    changing((item) => startsWith(`EMERGENCY-AID#${granted}`)(item), { state: 'paid' }),
    'I10',
  ],
] as const)('it finds %s', async (_, changed, invariant) => {
  expect((await violationsIn(roster, changed)).map((each) => each.split(':')[0])).toContain(invariant);
});

test('it finds a task that is late and was not escalated', async () => {
  roster.pass({ days: 20 });
  expect(await violationsIn(roster)).toContainEqual(expect.stringContaining('is late and not escalated'));
});
