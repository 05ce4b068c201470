import type { ActivationView, ChangesPosition, SimulationView } from '../../contracts/api/policies.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import type { Language } from '../../contracts/problems.ts';
import { worksIn } from '../../domain/access/reach.ts';
import type { PolicyRunId } from '../../domain/ids.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { ChangeKind, ChangeLine } from '../../domain/policy-versions/change-line.ts';
import type { PolicyRun } from '../../domain/policy-versions/policy-run.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';
import { activationViewOf, simulationViewOf } from './run-view.ts';

/** The run of a version and kind; undefined also when it is another version's. */
const runOf = async (
  { store }: PolicyDependencies,
  mode: PolicyRun['mode'],
  policyVersion: string,
  runId: PolicyRunId,
): Promise<PolicyRun | undefined> => {
  const run = await store.policyRun(runId);
  return run?.policyVersion === policyVersion && run.mode === mode ? run : undefined;
};

/** How far a simulation has got, and what it came to. */
export const readSimulation = async (
  dependencies: PolicyDependencies,
  policyVersion: string,
  simulationId: PolicyRunId,
  language: Language,
): Promise<Outcome<SimulationView>> => {
  const run = await runOf(dependencies, 'simulate', policyVersion, simulationId);
  if (run === undefined) return refuse('not-found');
  return succeed(await simulationViewOf(dependencies, run, language), { version: run.version });
};

/** How far an activation has got: waiting, counting, refused with what moved, deciding anew, done. */
export const readActivation = async (
  dependencies: PolicyDependencies,
  policyVersion: string,
  activationId: PolicyRunId,
  language: Language,
): Promise<Outcome<ActivationView>> => {
  const run = await runOf(dependencies, 'activate', policyVersion, activationId);
  if (run === undefined) return refuse('not-found');
  return succeed(await activationViewOf(dependencies, run, language), { version: run.version });
};

export interface ChangesRequest {
  policyVersion: string;
  simulationId: PolicyRunId;
  kind: ChangeKind | undefined;
  county: DivisionCode | undefined;
  limit: number;
  after: ChangesPosition | null;
}

/** Parts one page may read: a filter that finds little answers a short page rather than read a whole list in one request. */
const partsPerPage = 10;

/** A page of the named list, of the caller's division only, in the order in which it is stored. */
export const listSimulatedChanges = async (
  dependencies: PolicyDependencies,
  principal: Principal,
  request: ChangesRequest,
): Promise<Outcome<{ changes: ChangeLine[] }>> => {
  const { runs } = dependencies;
  const run = await runOf(dependencies, 'simulate', request.policyVersion, request.simulationId);
  if (run === undefined) return refuse('not-found');
  const isWanted = ({ kind, county }: ChangeLine): boolean =>
    worksIn(principal, county) &&
    (request.kind === undefined || kind === request.kind) &&
    (request.county === undefined || county === request.county);
  const begin = request.after ?? { segment: 0, part: 0, line: 0 };
  const changes: ChangeLine[] = [];
  for (const [index, { segment, part }] of (await partsFrom(dependencies, run, begin)).entries()) {
    if (index === partsPerPage) return succeed({ changes }, { next: { segment, part, line: 0 } });
    const first = segment === begin.segment && part === begin.part ? begin.line : 0;
    const lines = (await runs.part(run.runId, segment, part)).entries();
    for (const [line, change] of [...lines].filter(([at, found]) => at >= first && isWanted(found))) {
      if (changes.length === request.limit) return succeed({ changes }, { next: { segment, part, line } });
      changes.push(change);
    }
  }
  return succeed({ changes }, { next: null });
};

/** The parts of a list from a position on, in the order of segments and parts. */
const partsFrom = async (
  { runs }: PolicyDependencies,
  { runId }: PolicyRun,
  begin: ChangesPosition,
): Promise<readonly { segment: number; part: number }[]> =>
  (await runs.segments(runId))
    .flatMap(({ segment, parts }) => Array.from({ length: parts }, (_, part) => ({ segment, part })))
    .filter(({ segment, part }) => segment > begin.segment || (segment === begin.segment && part >= begin.part));
