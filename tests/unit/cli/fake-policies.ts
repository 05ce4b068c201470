import { createHash } from 'node:crypto';
import {
  ActivationBody,
  ActivationView,
  ChangesPage,
  PolicyList,
  PolicyVersionView,
  SimulationView,
} from '../../../contracts/api/policies.ts';
import { PolicyDraft } from '../../../domain/policy/policy-draft.ts';
import type { ChangeLine } from '../../../domain/policy-versions/change-line.ts';
import { type Behaviour, problem, type Received, type Reply } from './fake-instance.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const now = '2026-03-02T01:00:00.000Z';
const linesOfAPage = 40;

/** The named list of every simulation of this instance. */
export const changeLines = (many: number): readonly ChangeLine[] =>
  Array.from({ length: many }, (_, index) =>
    ChangesPage.shape.changes.element.parse({
      householdId: `hh_${String(index).padStart(32, '0')}`,
      county: '140922',
      kind: index % 10 === 0 ? 'enters' : 'amount',
      tierBefore: index % 10 === 0 ? 'MARGINAL' : 'MINIMUM_LIVING_ALLOWANCE',
      tierAfter: 'MINIMUM_LIVING_ALLOWANCE',
      amountBefore: index % 10 === 0 ? 0 : 20_000,
      amountAfter: index % 10 === 0 ? 1_050 : 123_984,
      reasons: [
        {
          code: 'mla.income',
          before: index % 10 === 0 ? 'fail' : 'pass',
          after: 'pass',
          thresholdBefore: 49_600,
          thresholdAfter: 51_584,
        },
      ],
    }),
  );

/** What the instance is like, and what its next run comes to. */
export interface World {
  readonly changes: readonly ChangeLine[];
  /** How often a run is looked at before it has ended. */
  looks: number;
  ends: 'done' | 'failed' | 'roster-moved';
  /** Whether its next run waits for its first day. */
  waits: boolean;
  warnings: string[];
}

/** An instance with the policy API, in memory: every answer goes through the schemas of the contract. */
export const fakePolicies = (world: World) => {
  const versions = new Map<string, PolicyVersionView>();
  const runs = new Map<
    string,
    { view: Record<string, unknown>; looks: number; ends: World['ends']; version: string }
  >();
  const idByKey = new Map<string, string>();

  const draft = (request: Received): Reply => {
    const document = PolicyDraft.parse(request.body);
    if (versions.has(document.version)) return problem('policy-version-exists', request);
    const view = PolicyVersionView.parse({
      ...{
        version: document.version,
        state: 'draft',
        inForce: false,
        basedOn: document.basedOn,
        summary: document.summary,
      },
      ...{ effectiveFrom: '2026-03-01', createdBy: request.client, createdAt: now },
      ...{ draftHash: sha(JSON.stringify(document)), packHash: sha('pack'), simulation: null, activation: null },
      // The order of keys is the store's own affair.
      draft: Object.fromEntries(Object.entries(document).toReversed()),
    });
    versions.set(document.version, view);
    return { status: 201, body: view };
  };

  const counts = (before: number, after: number, tier: string, costBefore: number, costAfter: number) => ({
    ...{ county: '140922', tier, before, after, costBefore, costAfter },
  });
  const result = () => ({
    hash: sha(`result of ${runs.size}`),
    asOf: '2026-03-01',
    households: 2_000,
    roster: 'f'.repeat(16),
    counts: [
      counts(1_200, 1_205, 'MINIMUM_LIVING_ALLOWANCE', 345_678_900, 361_234_500),
      counts(800, 795, 'MARGINAL', 0, 0),
    ],
    changes: {
      ...{ enters: world.changes.filter(({ kind }) => kind === 'enters').length, leaves: 0, tier: 0 },
      ...{ amount: world.changes.filter(({ kind }) => kind === 'amount').length, undecided: 0, reduced: 3 },
    },
    warnings: world.warnings.map((text) => ({ code: 'undecided', text })),
  });

  const start = (request: Received, version: string, id: string, more: Record<string, unknown>): Reply => {
    const key = `${request.client} ${request.key}`;
    const runId = idByKey.get(key) ?? `${id}_${sha(key).slice(0, 32)}`;
    if (!idByKey.has(key)) {
      idByKey.set(key, runId);
      const view = {
        ...{ version, status: 'requested', requestedBy: request.client, requestedAt: now, endedAt: null },
        ...{ progress: { segmentsDone: 0, segments: null, households: 0 }, result: null },
        [id === 'sim' ? 'simulationId' : 'activationId']: runId,
        ...more,
      };
      runs.set(runId, { view, looks: world.looks, ends: world.ends, version });
    }
    // A repeated request is answered as it was the first time.
    return { status: 202, body: runs.get(runId)?.view };
  };

  const drift = { simulated: 40, fresh: 44, appeared: 4, gone: 0, changed: 1, tenThousandths: 1_250, allowed: 100 };
  const ended = (runId: string, ends: World['ends'], version: string): Record<string, unknown> => {
    const progress = { segmentsDone: 8, segments: 8, households: 2_000 };
    if (ends === 'failed') return { status: 'failed', endedAt: now };
    if (runId.startsWith('sim')) {
      const found = result();
      const known = versions.get(version);
      const simulation = {
        simulationId: runId,
        hash: found.hash,
        asOf: found.asOf,
        simulatedAt: now,
        changes: found.changes,
      };
      versions.set(version, PolicyVersionView.parse({ ...known, state: 'simulated', simulation }));
      return { status: 'done', endedAt: now, progress, result: found };
    }
    if (ends === 'roster-moved') {
      const refusal = { code: 'roster-moved', cause: 'the roster has moved', cure: 'simulate again' };
      return { status: 'refused', endedAt: now, progress, drift, refusal };
    }
    return {
      ...{ status: 'done', endedAt: now, progress, drift: { ...drift, tenThousandths: 0 } },
      redecided: { inForce: 30, awaitingCheck: 6, awaitingApplication: 4, cannotDecide: 2 },
    };
  };

  const look = (runId: string): Record<string, unknown> => {
    const run = runs.get(runId);
    if (run === undefined) throw new Error(`no run ${runId}`);
    if (run.view['endedAt'] !== null || world.waits) return run.view;
    run.looks -= 1;
    const seen = world.looks - run.looks;
    const running = { status: 'running', progress: { segmentsDone: seen, segments: 8, households: seen * 250 } };
    const now_ = { ...run.view, ...(run.looks > 0 ? running : ended(runId, run.ends, run.version)) };
    if (run.looks <= 0) runs.set(runId, { ...run, view: now_ });
    return now_;
  };

  const activate = (request: Received, version: string): Reply => {
    const { simulationHash, activeFrom } = ActivationBody.parse(request.body);
    const known = versions.get(version);
    if (known?.simulation == null) return problem('policy-not-simulated', request);
    if (known.simulation.hash !== simulationHash) return problem('simulation-superseded', request);
    if (known.createdBy === request.client) return problem('policy-four-eyes', request);
    return start(request, version, 'act', {
      ...{ simulationId: known.simulation.simulationId, simulationHash, activeFrom, drift: null, refusal: null },
      redecided: { inForce: 0, awaitingCheck: 0, awaitingApplication: 0, cannotDecide: 0 },
    });
  };

  const changes = ({ query }: Received): Reply => {
    const from = Number(query['cursor'] ?? 0);
    const to = from + Math.min(Number(query['limit']), linesOfAPage);
    const nextCursor = to < world.changes.length ? String(to) : null;
    return { status: 200, body: ChangesPage.parse({ changes: world.changes.slice(from, to), nextCursor }) };
  };

  const listed = ({ query }: Received): Reply => {
    const all = [...versions.values()].map(({ draft: _draft, ...summary }) => summary);
    const at = Number(query['cursor'] ?? 0);
    const nextCursor = at + 1 < all.length ? String(at + 1) : null;
    return { status: 200, body: PolicyList.parse({ policies: all.slice(at, at + 1), nextCursor }) };
  };

  const ofVersion = (request: Received, version: string, rest: readonly string[]): Reply => {
    const known = versions.get(version);
    if (known === undefined) return problem('not-found', request);
    const [what, id = '', list] = rest;
    if (what === undefined) return { status: 200, body: known };
    if (what === 'withdrawal') {
      const withdrawn = PolicyVersionView.parse({ ...known, state: 'withdrawn' });
      versions.set(version, withdrawn);
      return { status: 200, body: withdrawn };
    }
    if (request.method === 'POST')
      return what === 'simulations' ? start(request, version, 'sim', {}) : activate(request, version);
    if (list === 'changes') return changes(request);
    return { status: 200, body: (what === 'simulations' ? SimulationView : ActivationView).parse(look(id)) };
  };

  const behaviour: Behaviour = (request) => {
    const [, , version, ...rest] = request.path.split('/');
    if (version !== undefined) return ofVersion(request, version, rest);
    return request.method === 'POST' ? draft(request) : listed(request);
  };
  return { behaviour, versions };
};
