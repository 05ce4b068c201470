import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultKind, faultKinds } from '../../faults/fault-kinds.ts';
import { atFirstOf, atSite } from '../../faults/injector.ts';
import { ask, type Request } from '../../faults/people.ts';
import { nameOf, runner } from '../../faults/run.ts';
import { startWorld, type World } from '../../faults/world.ts';
import { county, couple, townshipWorker } from '../../support/people.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const commit = /^applications#1 TransactWriteItems /u;
const submission = (): Request => ({
  operation: 'submitApplication',
  as: townshipWorker,
  body: couple(),
  key: 'the-key-of-a-test',
});
const applications = async (): Promise<number> =>
  (await world.records()).roster.filter(({ pk }) => String(pk).startsWith('APPLICATION#')).length;

/** Submits once with a fault at the commit: what the caller was told, and how many applications are there. */
const submitted = async (fault: FaultKind): Promise<{ status: number; stored: number; again: number }> => {
  const request = submission();
  await world.reset(`test of ${fault}`, { plan: atFirstOf(commit, fault) });
  const { status } = await ask(world, request);
  const stored = await applications();
  return { status, stored, again: (await ask(world, request)).status };
};

const told: Readonly<Record<FaultKind, { status: number; stored: number }>> = {
  'fail-before': { status: 503, stored: 0 },
  'connection-refused': { status: 503, stored: 0 },
  'lose-reply-once': { status: 201, stored: 1 },
  'lose-reply': { status: 503, stored: 1 },
  'throttle': { status: 503, stored: 0 },
  // The command itself tries again, and the fault strikes one call.
  'transaction-conflict': { status: 201, stored: 1 },
  'slow-past-timeout': { status: 0, stored: 0 },
  'killed-before': { status: 0, stored: 0 },
  'killed-after': { status: 0, stored: 1 },
  'killed-after-and-overtaken': { status: 0, stored: 1 },
  'writer-between': { status: 201, stored: 1 },
  'twin-between': { status: 201, stored: 1 },
};

test.each(faultKinds)(
  '%s does to a commit what its name says, and the client is served when it asks again',
  async (fault) => {
    expect(await submitted(fault)).toEqual({ ...told[fault], again: 201 });
    expect(world.injector.struck()).toBeGreaterThan(0);
    expect(await applications()).toBe(1);
  },
);

test('a fault strikes every attempt of the SDK at its call, and no other call', async () => {
  await world.reset('attempts', { plan: atSite('applications#1 BatchGetItem PERSON #1', 'fail-before') });
  expect((await ask(world, submission())).status).toBe(503);
  expect(world.injector.struck()).toBe(3);
  expect(world.injector.sites()).toEqual(['applications#1 BatchGetItem PERSON #1']);
});

test('a request that is slow past the timeout arrives after its successor has done its work, and changes nothing', async () => {
  const request = submission();
  await world.reset('slow', { plan: atFirstOf(commit, 'slow-past-timeout') });
  expect((await ask(world, request)).status).toBe(0);
  const before = await ask(world, request);
  const records = await world.records();
  expect((await ask(world, request)).body).toEqual(before.body);
  expect(await world.records()).toEqual(records);
});

test('an invocation that was killed reaches nobody any more, and its process is gone', async () => {
  const site = 'relay#1 StartExecution classified-review #1';
  await world.reset('killed', { plan: atSite(site, 'killed-after') });
  await ask(world, submission());
  await world.stream.deliver((event) => world.invoke('relay', event));
  expect(world.injector.sites()).toContain(site);
  // The relay did not come to take the event out of the outbox; redelivered, it does, and starts nothing twice.
  const outbox = async () => (await world.records()).roster.filter(({ pk }) => String(pk).startsWith('OUTBOX#')).length;
  expect(await outbox()).toBe(1);
  await world.settle();
  expect(await outbox()).toBe(0);
  expect(world.executions()).toHaveLength(1);
});

test('another writer in between has written the record that the transaction rests on', async () => {
  const found = await runner(world).run({
    scenario: 'refusal',
    site: 'evaluate-tiers#1 TransactWriteItems REVIEW+AUDIT #1',
    fault: 'writer-between',
  });
  expect(found.violations).toEqual([]);
  const entries = (await world.records()).audit.filter(({ subject }) => subject === 'another-writer');
  expect(entries.map(({ records }) => records)).toEqual([[expect.stringMatching(/^review rev_\w+ 2$/u)]]);
  expect(String(entries[0]?.['pk'])).toContain(county);
});

test('a trial is named so that it can be asked for again', () => {
  expect(nameOf({ scenario: 'grant', site: 'relay#1 DeleteItem OUTBOX #1', fault: 'killed-after' })).toBe(
    'grant | relay#1 DeleteItem OUTBOX #1 | killed-after',
  );
  expect(nameOf({ scenario: 'grant', stream: 'lost' })).toBe('grant | - | stream-lost');
});

test.each([
  // Each was found by a fault run: the review stood still for ever, or went to the panel for nothing.
  ['refusal', 'open-task#1 PutItem TASK.TOKEN #1', 'slow-past-timeout'],
  ['refusal', 'open-task#1 TransactWriteItems TASK+AUDIT #1', 'killed-after-and-overtaken'],
  ['grant', 'await-notice#1 PutItem NOTICE.TOKEN #1', 'killed-after-and-overtaken'],
  ['grant', 'evaluate-tiers#2 TransactWriteItems REVIEW+NOTICE+AUDIT #1', 'killed-after-and-overtaken'],
  ['refusal', 'evaluate-tiers#1 GetItem REVIEW #1', 'killed-before'],
] as const)('%s goes on through %s %s', async (scenario, site, fault) => {
  expect((await runner(world).run({ scenario, site, fault })).violations).toEqual([]);
});
