import { z } from 'zod';
import { couple } from '../support/people.ts';
import { drafter, secondProvincial, standardDraft } from '../support/policies.ts';
import { reviewsUnderWay } from './checks.ts';
import { insist, obtain, type Request } from './people.ts';
import { runReview, type Timing } from './review-run.ts';
import { reviewScenarios } from './scenarios.ts';
import type { Records, World } from './world.ts';

const Simulation = z.looseObject({ simulationId: z.string() });
const Activation = z.looseObject({ activationId: z.string() });

const strandedAfterMs = 16 * 60_000;
const mostSweeps = 8;

/** Two households that were granted aid, as records: what a run of the policy decides anew. */
export const determinedHouseholds = async (world: World): Promise<Records> => {
  const grant = reviewScenarios[0];
  if (grant === undefined) throw new Error('there is no scenario');
  let records: Records | undefined;
  for (const transfer of [60_000, 240_000]) {
    await world.reset(`households ${transfer}`, records === undefined ? {} : { records });
    await runReview(world, { ...grant, body: () => couple({ transfer }) });
    // The submission's own key would answer for the second household.
    const { roster, audit } = await world.records();
    records = { roster: roster.filter(({ pk }) => !String(pk).startsWith('IDEMPOTENCY#')), audit };
  }
  if (records === undefined) throw new Error('nobody was determined');
  return records;
};

/** What a version came to, and what its drafters and its activator were told. */
export interface PolicyPromise {
  readonly request: Request;
  readonly id: string;
  readonly value: unknown;
}

/** Drafts a version, simulates and activates it, and waits until every household on its list has been decided anew. */
export const runPolicy = async (world: World, timing: Timing): Promise<readonly PolicyPromise[]> => {
  const draft = standardDraft();
  const params = { version: draft.version };
  const promises: PolicyPromise[] = [];
  const promised = async (request: Request, id: string): Promise<unknown> => {
    const { body } = await obtain(world, request);
    promises.push({ request, id, value: body[id] });
    return body;
  };
  /** The sweep passes on what the stream has lost. */
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (let sweeps = 0; sweeps < mostSweeps; sweeps += 1) {
      await world.settle();
      if (await isSo()) return;
      world.pass(strandedAfterMs);
      if (timing === 'sweeps-fire-twice') await Promise.all([world.invoke('sweep', '{}'), world.invoke('sweep', '{}')]);
      else await world.invoke('sweep', '{}');
    }
    throw new Error('the run of the policy stands still');
  };

  await promised({ operation: 'draftPolicy', as: drafter, body: draft, key: 'the-key-of-the-draft' }, 'version');
  const simulated = Simulation.parse(
    await promised({ operation: 'simulatePolicy', as: drafter, params, key: 'key-of-simulation' }, 'simulationId'),
  );
  const version = () => world.observer.policyVersion(draft.version);
  await until(async () => (await version())?.simulation?.runId === simulated.simulationId);
  const body = { simulationHash: (await version())?.simulation?.hash, activeFrom: '2026-03-02' };
  const request = {
    operation: 'activatePolicy',
    as: secondProvincial,
    params,
    body,
    key: 'key-of-activation',
  } as const;
  const { activationId } = Activation.parse(await promised(request, 'activationId'));
  await until(async () => (await world.observer.policyRun(activationId as never))?.state === 'done');
  await until(async () => reviewsUnderWay(world).length === 0);
  world.pass(strandedAfterMs);
  await world.invoke('sweep', '{}');
  await world.settle();
  return promises;
};

/** Asks again with the same keys: the answer tells of the same draft and the same runs. */
export const brokenPolicyPromises = async (
  world: World,
  promises: readonly PolicyPromise[],
): Promise<readonly string[]> => {
  const broken: string[] = [];
  for (const { request, id, value } of promises) {
    const again = await insist(world, request);
    if (again.body[id] !== value)
      broken.push(`${request.operation} asked again with its key was answered with another ${id}, ${again.status}`);
  }
  return broken;
};
