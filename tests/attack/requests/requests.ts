import { apiDocument } from '../../../functions/api-document.ts';
import { standardDraft } from '../../support/policies.ts';
import { bodyOf } from '../../support/reviews.ts';
import { versionName } from '../cells/requests.ts';
import { type Chance, chanceOf } from '../chance.ts';
import type { Violations } from '../violations.ts';
import { type Case, stages, type World } from '../world.ts';
import { faultOf } from './checks.ts';
import { type DocumentedOperation, readDocument } from './document.ts';
import { hostile } from './hostile.ts';
import { nearValid } from './near.ts';
import { type Generated, type RequestClass, requestClasses, sentOf } from './request.ts';
import { createSampler, type Sampler } from './sampler.ts';
import { type Subjects, validRequest } from './valid.ts';

export interface RequestCounts {
  readonly requests: number;
  readonly seconds: number;
  /** Of the processor, in this process: what the requests cost whoever else is at work on the machine. */
  readonly processorSeconds: number;
  readonly byClass: Readonly<Record<RequestClass, number>>;
  /** Class and status, such as `valid 200`. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Milliseconds of the slowest, and which it was. */
  readonly slowest: { readonly milliseconds: number; readonly index: number };
}

const attack = 'requests';
const atOnce = 6;

const plantSubjects = async (world: World): Promise<Subjects> => {
  const cases: Case[] = [];
  for (const place of ['own-township', 'other-county'] as const)
    for (const stage of stages) cases.push(await world.lead(stage, place));
  const version = versionName(world.number());
  const simulation = await world.policy.simulated(standardDraft({ version }));
  const simulationHash = simulation.result?.hash ?? '';
  const { activationId } = bodyOf(await world.policy.activate(version, { simulationHash, activeFrom: '2026-03-02' }));
  return { cases, policy: { version, simulationId: simulation.simulationId, simulationHash, activationId } };
};

interface Maker {
  readonly world: World;
  readonly subjects: Subjects;
  readonly sample: Sampler;
  readonly operations: readonly DocumentedOperation[];
}

/** A draft is checked against the whole pack, which costs a hundred times any other request; so there are fewer of them. */
const costly: ReadonlySet<string> = new Set(['draftPolicy', 'simulatePolicy', 'activatePolicy', 'listPolicies']);
const operationOf = (operations: Maker['operations'], chance: Chance): DocumentedOperation => {
  const chosen = chance.one(operations);
  return costly.has(chosen.id) && chance.is(0.75) ? chance.one(operations) : chosen;
};

const classOf = (chance: Chance): RequestClass => chance.one(requestClasses);

/** The request of a number: the same seed and number choose the same. */
export const generate = async (maker: Maker, seed: string, index: number): Promise<Generated> => {
  const chance = chanceOf(`${seed}/${index}`);
  const kind = classOf(chance);
  const operation = operationOf(maker.operations, chance);
  const draft = await validRequest(maker, operation, chance, { mayPlant: kind === 'valid' });
  const { how, mustRefuse } =
    kind === 'valid'
      ? { how: 'as it should be', mustRefuse: false }
      : kind === 'near-valid'
        ? { how: nearValid(draft, chance), mustRefuse: false }
        : hostile(draft, chance);
  return { index, kind, how, operation: operation.id, draft, mustRefuse };
};

export interface RequestOptions {
  readonly seed: string;
  readonly requests: number;
  readonly only?: number | undefined;
  readonly say?: (line: string) => void;
}

/** Sends generated requests to the API in this process, and judges every answer by the published document. */
export const runRequests = async (
  world: World,
  violations: Violations,
  options: RequestOptions,
): Promise<RequestCounts> => {
  const { seed, requests, only, say = () => undefined } = options;
  const document = readDocument(apiDocument());
  const maker: Maker = {
    world,
    subjects: await plantSubjects(world),
    sample: createSampler(document),
    operations: [...document.operations.values()],
  };
  const byClass = { 'valid': 0, 'near-valid': 0, 'hostile': 0 };
  const byStatus = new Map<string, number>();
  let slowest = { milliseconds: 0, index: 0 };
  const one = async (index: number): Promise<void> => {
    const generated = await generate(maker, seed, index);
    const began = performance.now();
    const answer = await world.api.ask(sentOf(generated.draft));
    const milliseconds = Math.round(performance.now() - began);
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
    byClass[generated.kind] += 1;
    const key = `${generated.kind} ${answer.status}`;
    byStatus.set(key, (byStatus.get(key) ?? 0) + 1);
    const fault = faultOf(generated, answer);
    if (only !== undefined)
      say(
        `${generated.operation} (${generated.kind}: ${generated.how}): ${answer.status} ${answer.text.slice(0, 2_000)}`,
      );
    if (fault !== undefined)
      violations.add({
        attack,
        what: `${generated.operation} (${generated.kind}: ${generated.how}): ${fault}`,
        again: `--seed ${seed} --only requests:${index}`,
      });
  };

  const usedBefore = process.cpuUsage();
  const processorSeconds = (): number => {
    const { user, system } = process.cpuUsage(usedBefore);
    return (user + system) / 1e6;
  };
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1_000;
  if (only !== undefined) {
    await one(only);
    return {
      requests: 1,
      seconds: elapsed(),
      processorSeconds: processorSeconds(),
      byClass,
      byStatus: Object.fromEntries(byStatus),
      slowest,
    };
  }
  let next = 0;
  let told = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < requests) {
        const index = next;
        next += 1;
        await one(index);
        if (elapsed() - told > 10) {
          told = elapsed();
          say(`${index + 1} of ${requests} requests, ${Math.round((index + 1) / told)} a second`);
        }
      }
    }),
  );
  return {
    requests,
    seconds: elapsed(),
    processorSeconds: processorSeconds(),
    byClass,
    byStatus: Object.fromEntries([...byStatus].sort()),
    slowest,
  };
};
