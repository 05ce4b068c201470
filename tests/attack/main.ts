/** Attacks the platform and counts what it should not have done: `npm run attack`. */
import { parseArgs } from 'node:util';
import { atLeast, atMost, type Measure, print, told } from '../../bench/report.ts';
import { runCanaries } from './canaries/run.ts';
import { runCells } from './cells/cells.ts';
import { runSteps } from './lifecycles/steps.ts';
import { runTriples } from './lifecycles/triples.ts';
import { runOwasp } from './owasp/run.ts';
import { runRequests } from './requests/requests.ts';
import { runTampering } from './tampering/tampering.ts';
import { createViolations, type Violations } from './violations.ts';
import { startWorld, type World } from './world.ts';

const usage = `Usage: npm run attack -- [--full] [--requests N] [--seed TEXT] [--only WHAT[:WHICH]] [--json]

  --full          the long form: 200,000 generated requests, every byte tampered with
  --requests N    that many generated requests instead of 10,000
  --seed TEXT     another seed for what is generated (default: 1)
  --only WHAT     one attack only: ${'cells, owasp, triples, steps, requests, canaries, tampering'}
                  or one case of it, as a violation names it: cells:NAME, triples:NAME, requests:NUMBER
  --json          one JSON object on the standard output
`;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    requests: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => console.error(line);
const round = (value: number): number => Math.round(value * 10) / 10;

interface Asked {
  readonly seed: string;
  readonly full: boolean;
  readonly requests: number;
  /** The one case that is wanted. */
  readonly which: string | undefined;
  readonly violations: Violations;
}
type Attack = (asked: Asked) => Promise<readonly Measure[]>;

const inWorld =
  (attack: (world: World, asked: Asked) => Promise<readonly Measure[]>): Attack =>
  async (asked) => {
    const world = await startWorld();
    try {
      return await attack(world, asked);
    } finally {
      await world.stop();
    }
  };

const least = (which: string | undefined, name: string, value: number, unit: string, limit: number): Measure =>
  which === undefined ? atLeast(name, value, unit, limit) : told(name, value, unit);

const attacks: Readonly<Record<string, Attack>> = {
  cells: inWorld(async (world, { violations, which }) => {
    const { cells, byOutcome } = await runCells(world, violations, which);
    return [
      least(which, 'cells: route x caller x place x agency', cells, 'cells', 1_300),
      ...Object.entries(byOutcome).map(([outcome, count]) => told(`cells answered: ${outcome}`, count, 'cells')),
      atMost('cells: violations', violations.of('cells'), 'violations', 0),
    ];
  }),
  owasp: async ({ violations }) => {
    const { files, tests } = await runOwasp(violations);
    return [
      atLeast('owasp: files, one for each risk', files, 'files', 10),
      told('owasp: attempts', tests, 'tests'),
      atMost('owasp: violations', violations.of('owasp'), 'violations', 0),
    ];
  },
  triples: inWorld(async (world, { violations, which }) => {
    const { triples, atTheStore, throughRoutes } = await runTriples(world, violations, which);
    return [
      least(which, 'triples: state x command x role', triples, 'triples', 1_500),
      told('triples: tried at the store', atTheStore, 'tries'),
      told('triples: tried through a route', throughRoutes, 'tries'),
      atMost('triples: violations', violations.of('triples'), 'violations', 0),
    ];
  }),
  steps: inWorld(async (world, { violations, which }) => {
    const { steps, moves } = await runSteps(world, violations, which);
    return [
      least(which, 'steps: step of the workflow x state', steps, 'steps', 200),
      told('steps: moves they made', moves, 'moves'),
      atMost('steps: violations', violations.of('steps'), 'violations', 0),
    ];
  }),
  requests: inWorld(async (world, { seed, requests, which, violations }) => {
    const only = which === undefined ? undefined : Number(which);
    const sent = await runRequests(world, violations, { seed, requests, only, say });
    return [
      least(which, 'requests', sent.requests, 'requests', requests),
      ...Object.entries(sent.byClass).map(([kind, count]) => told(`requests: ${kind}`, count, 'requests')),
      ...Object.entries(sent.byStatus).map(([status, count]) =>
        told(`requests answered: ${status}`, count, 'requests'),
      ),
      told('requests a second', Math.round(sent.requests / sent.seconds), 'requests/s'),
      told('requests a second of one processor', Math.round(sent.requests / sent.processorSeconds), 'requests/s'),
      told(`requests: slowest, number ${sent.slowest.index}`, sent.slowest.milliseconds, 'ms'),
      atMost('requests: violations', violations.of('requests'), 'violations', 0),
    ];
  }),
  tampering: inWorld(async (world, { full, violations }) => {
    const { byClass, undetected } = await runTampering(world, violations, full ? 1 : 16);
    return [
      ...Object.entries(byClass).map(([kind, count]) =>
        least(undefined, `tamperings: ${kind}`, count, 'tamperings', 20),
      ),
      atMost('tamperings not caught', Math.max(undetected, violations.of('tampering')), 'violations', 0),
    ];
  }),
  canaries: async ({ violations }) => {
    const { canaries, places, megabytes, deadLetters } = await runCanaries(violations, say);
    return [
      atLeast('canaries', canaries, 'values', 15),
      told('canaries: places looked through', places, 'places'),
      told('canaries: left behind and looked through', megabytes, 'MB'),
      atLeast('canaries: dead letters looked through', deadLetters, 'bytes', 1),
      atMost('canaries found in plain text', violations.of('canaries'), 'violations', 0),
    ];
  },
};

const refuse = (message: string): never => {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
};

const requestsWanted = (): number => {
  const text = values.requests ?? (values.full ? '200000' : '10000');
  return /^[1-9]\d{0,7}$/u.test(text)
    ? Number(text)
    : refuse(`--requests is to be a whole number from 1 on, not "${text}"`);
};

const main = async (): Promise<boolean> => {
  if (values.help) {
    console.log(usage);
    return true;
  }
  const [what, ...rest] = (values.only ?? '').split(':');
  const which = rest.length > 0 ? rest.join(':') : undefined;
  const chosen = Object.entries(attacks).filter(([name]) => what === '' || name === what);
  if (chosen.length === 0) refuse(`there is no attack "${what}"`);
  const violations = createViolations(say);
  const measures: Measure[] = [];
  for (const [name, attack] of chosen) {
    const began = performance.now();
    measures.push(
      ...(await attack({ seed: values.seed, full: values.full, requests: requestsWanted(), which, violations })),
    );
    say(`${name}: ${violations.of(name)} violations, ${round((performance.now() - began) / 1_000)} s`);
  }
  const report = { name: 'attack', seed: values.seed, measures, violations: violations.found.length };
  return print(report, values.json);
};

process.exitCode = (await main()) ? 0 : 1;
