import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { withdrawPolicy } from '../../../functions/policies/withdraw-policy.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import {
  administrator,
  countyAdministrator,
  drafter,
  policyDependencies,
  policySteps,
  secondProvincial,
  standardDraft,
} from '../../support/policies.ts';
import { type PolicyRoster, startPolicyRoster } from '../../support/policy-roster.ts';
import { bodyOf } from '../../support/reviews.ts';
import { type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let steps: PolicyRoster['steps'];
let determined: PolicyRoster['determined'];
let determinations: PolicyRoster['determinations'];
const opened: TestRoster[] = [];
beforeEach(async () => {
  ({ roster, steps, determined, determinations } = await startPolicyRoster());
  opened.push(roster);
});
afterAll(async () => {
  for (const each of opened) await each.stop();
});

const today = '2026-03-02';
describe('an activation is refused', () => {
  const refused = async (
    version: string,
    simulationHash: string,
    more: { activeFrom?: string; by?: typeof drafter } = {},
  ) =>
    writesNothing(roster, () =>
      steps.activate(version, { simulationHash, activeFrom: more.activeFrom ?? today }, more.by ?? secondProvincial),
    );

  test('without a simulation', async () => {
    bodyOf(await steps.draft(standardDraft()));
    expect(await refused('shanxi-2026.2', '0'.repeat(64))).toMatchObject({
      problem: 'policy-not-simulated',
      links: { policy: '/policies/shanxi-2026.2' },
    });
  });

  test('with the hash of another simulation than the latest, and says where that is', async () => {
    await determined();
    const first = await steps.simulated(standardDraft());
    await determined();
    const latest = await steps.simulatedAgain('shanxi-2026.2');
    expect(latest.result?.hash).not.toBe(first.result?.hash);
    expect(await refused('shanxi-2026.2', first.result?.hash ?? '')).toMatchObject({
      problem: 'simulation-superseded',
      links: { simulation: `/policies/shanxi-2026.2/simulations/${latest.simulationId}` },
    });
  });

  test('to whoever drafted it, to an administrator of a county, and once it is withdrawn', async () => {
    const { result } = await steps.simulated(standardDraft());
    const hash = result?.hash ?? '';
    expect(await refused('shanxi-2026.2', hash, { by: drafter })).toMatchObject({ problem: 'policy-four-eyes' });
    expect(await refused('shanxi-2026.2', hash, { by: countyAdministrator })).toMatchObject({ problem: 'forbidden' });
    bodyOf(await withdrawPolicy(policyDependencies(roster), drafter, 'shanxi-2026.2', null));
    expect(await refused('shanxi-2026.2', hash)).toMatchObject({ problem: 'lifecycle-conflict', state: 'withdrawn' });
  });

  test('from a day that has passed, or on which its values do not hold yet', async () => {
    const { result } = await steps.simulated(standardDraft({ validFrom: '2026-03-10' }));
    for (const activeFrom of ['2026-03-01', today, '2026-03-09']) {
      expect(await refused('shanxi-2026.2', result?.hash ?? '', { activeFrom })).toMatchObject({
        errors: [{ field: '/activeFrom', code: 'policy.active-from', values: { earliest: '2026-03-10' } }],
      });
    }
  });

  test('when more than thirty days lie between the simulation and the first day, and not on the thirtieth', async () => {
    const { result } = await steps.simulated(standardDraft());
    const hash = result?.hash ?? '';
    expect(await refused('shanxi-2026.2', hash, { activeFrom: '2026-04-02' })).toMatchObject({
      problem: 'simulation-stale',
    });
    expect(await steps.activate('shanxi-2026.2', { simulationHash: hash, activeFrom: '2026-04-01' })).toMatchObject({
      ok: true,
    });
  });

  test('when another version has come into force since', async () => {
    const mine = await steps.simulated(standardDraft());
    const other = await steps.simulated(standardDraft({ version: 'shanxi-2026.3', rural: 55_000 }));
    await steps.activated('shanxi-2026.3', other.result?.hash ?? '', today);
    roster.pass({ minutes: 1 });
    expect(await refused('shanxi-2026.2', mine.result?.hash ?? '')).toMatchObject({
      problem: 'policy-base-moved',
      links: { inForce: '/policies/shanxi-2026.3' },
    });
    expect(await steps.simulate('shanxi-2026.2')).toMatchObject({ problem: 'policy-base-moved' });
    expect(await steps.draft(standardDraft({ version: 'shanxi-2026.4' }))).toMatchObject({
      problem: 'policy-base-moved',
    });
  });

  test('when the stored document is no longer the one that was simulated', async () => {
    const { result } = await steps.simulated(standardDraft());
    const dependencies = policyDependencies(roster);
    const tampered = policySteps({
      ...dependencies,
      store: {
        ...dependencies.store,
        policyVersion: async (name) => {
          const stored = await dependencies.store.policyVersion(name);
          return stored && { ...stored, draft: stored.draft.replace('60000', '99999') };
        },
      },
    });
    expect(
      await tampered.activate('shanxi-2026.2', { simulationHash: result?.hash ?? '', activeFrom: today }),
    ).toMatchObject({ problem: 'policy-draft-changed' });
  });

  test('by its own run, with what moved, when the roster is no longer the one that was simulated', async () => {
    const one = await determined();
    const { result } = await steps.simulated(standardDraft());
    const two = await determined();
    const before = await determinations();
    const activation = await steps.activated('shanxi-2026.2', result?.hash ?? '', today);
    expect(activation).toMatchObject({
      status: 'refused',
      drift: { simulated: 1, fresh: 2, appeared: 1, gone: 0, changed: 0, tenThousandths: 10_000, allowed: 100 },
      refusal: { code: 'roster-moved' },
      redecided: { inForce: 0, awaitingCheck: 0, awaitingApplication: 0 },
    });
    expect(await determinations()).toEqual(before);
    expect((await policyDependencies(roster).policies.inForce()).version).toBe(shanxiPack.version);
    expect(await roster.store.policyVersion('shanxi-2026.2')).toMatchObject({ state: 'simulated' });
    expect(one.householdId).not.toBe(two.householdId);
  });

  test('by its own run when it was withdrawn while it waited for its first day', async () => {
    await determined();
    const { result } = await steps.simulated(standardDraft());
    const body = { simulationHash: result?.hash ?? '', activeFrom: '2026-03-12' };
    const { activationId } = bodyOf(await steps.activate('shanxi-2026.2', body));
    expect(await steps.count(activationId)).toEqual({
      next: 'wait',
      until: '2026-03-11T16:00:00.000Z',
      segments: [],
    });
    bodyOf(await withdrawPolicy(policyDependencies(roster), administrator, 'shanxi-2026.2', null));
    roster.pass({ days: 10 });
    await steps.run(activationId);
    expect(await steps.activation('shanxi-2026.2', activationId)).toMatchObject({
      status: 'refused',
      refusal: { code: 'withdrawn' },
    });
  });
});
