import { ok, strictEqual } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { ActivationView, ChangesPage, SimulationView } from '../../contracts/api/policies.ts';
import { call, type Who } from './call.ts';
import type { DeployedWorld } from './world.ts';

const drafter: Who = { role: 'provincial', division: '14', subject: 'sun-province' };
const administrator: Who = { role: 'administrator', division: '14', subject: 'chu-administrator' };
const version = 'shanxi-2026.9';

/** A county's rural standard, raised from a day on. */
const draft = (county: string, validFrom: string) => ({
  version,
  basedOn: 'shanxi-2026.1',
  summary: { zh: '提高一县农村低保标准', en: 'One county raises its rural standard' },
  changes: {
    standards: [
      {
        division: county,
        settlement: 'rural',
        values: [{ validFrom, value: 52_000, unit: 'fen-per-month', basis: 'assumption', citation: 'deployment test' }],
      },
    ],
  },
});

const post = async (world: DeployedWorld, as: Who, path: string, body?: unknown): Promise<unknown> => {
  const answer = await call(world, { as, method: 'POST', path, ...(body === undefined ? {} : { body }) });
  ok(answer.status < 300, answer.text);
  return answer.body;
};

const patience = { looks: 120, milliseconds: 500 } as const;

/** Reads a run until it has ended. */
const ended = async <View extends { status: string }>(
  world: DeployedWorld,
  path: string,
  schema: z.ZodType<View>,
): Promise<View> => {
  for (let look = 1; ; look += 1) {
    const answer = await call(world, { as: drafter, path });
    strictEqual(answer.status, 200, answer.text);
    const view = schema.parse(answer.body);
    if (['done', 'refused', 'failed'].includes(view.status)) return view;
    ok(look < patience.looks, `the run has not ended: ${answer.text}`);
    await sleep(patience.milliseconds);
  }
};

/** Drafts, simulates and activates a version: the households of the list, and no others, are decided anew. */
export const changePolicy = async (world: DeployedWorld, county: string, today: string): Promise<void> => {
  await post(world, drafter, '/policies', draft(county, today));
  const { simulationId } = SimulationView.parse(await post(world, drafter, `/policies/${version}/simulations`));
  const simulations = `/policies/${version}/simulations/${simulationId}`;
  const { result } = await ended(world, simulations, SimulationView);
  ok(result !== null, 'the simulation has no result');
  const page = await call(world, { as: drafter, path: `${simulations}/changes?limit=500` });
  const { changes } = ChangesPage.parse(page.body);
  const changing = changes.filter(({ kind }) => kind !== 'undecided');
  ok(changing.length > 0, 'nobody is on the list');

  const body = { simulationHash: result.hash, activeFrom: today };
  const { activationId } = ActivationView.parse(
    await post(world, administrator, `/policies/${version}/activations`, body),
  );
  const activation = await ended(world, `/policies/${version}/activations/${activationId}`, ActivationView);
  strictEqual(activation.refusal, null);
  const decided = Object.values(activation.redecided).reduce((sum, count) => sum + count, 0);
  strictEqual(decided, changing.length);
};
