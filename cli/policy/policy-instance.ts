import type { z } from 'zod';
import {
  type ActivationBody,
  ActivationView,
  ChangesPage,
  PolicyList,
  PolicyVersionView,
  SimulationView,
} from '../../contracts/api/policies.ts';
import type { OperationId } from '../../contracts/api/routes.ts';
import type { PolicyDraft } from '../../domain/policy/policy-draft.ts';
import { call, granted, type Request } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import { refusedWith } from '../connection/problem.ts';
import type { Session } from '../session.ts';
import { hasEnded } from './run-progress.ts';

/** More runs of one version than this have not failed; something else is wrong. */
const mostAttempts = 20;

/** The operations of the policy API, for one connection and one run of a command. Each throws a CommandFailure when it is refused. */
export const policiesAt = (connection: Connection, session: Session) => {
  const { terminal, language } = session;
  const ask = <Schema extends z.ZodType>(request: Omit<Request<Schema>, 'language'>): Promise<z.output<Schema>> =>
    granted(connection, { ...request, language }, terminal);

  /**
   * Starts a run, or finds the one that was started with the same key: a command that was interrupted goes on where it was. A run that
   * has failed before is not taken for an answer; the next key starts another.
   */
  const startedRun = async <View extends SimulationView | ActivationView>(
    request: { operation: OperationId; version: string; body?: unknown; schema: z.ZodType<View> },
    stem: string,
    asItIs: (run: View) => Promise<View>,
  ): Promise<View> => {
    const { operation, version, body, schema } = request;
    for (let attempt = 1; ; attempt += 1) {
      const started = await ask({
        operation,
        params: { version },
        schema,
        key: `${stem}-${attempt}`,
        ...(body === undefined ? {} : { body }),
      });
      // A repeated request is answered as it was the first time.
      const run = await asItIs(started);
      const isUseless = hasEnded(run) && run.status !== 'done';
      if (!isUseless || attempt === mostAttempts) return run;
    }
  };

  const simulation = (version: string, simulationId: string): Promise<SimulationView> =>
    ask({ operation: 'readSimulation', params: { version, simulationId }, schema: SimulationView });
  const activation = (version: string, activationId: string): Promise<ActivationView> =>
    ask({ operation: 'readActivation', params: { version, activationId }, schema: ActivationView });

  return {
    simulation,
    activation,
    /** A version, or undefined when there is none of that name. */
    version: async (version: string): Promise<PolicyVersionView | undefined> => {
      const request = { operation: 'readPolicy', params: { version }, language, schema: PolicyVersionView } as const;
      const answer = await call(connection, request, terminal);
      if (answer.ok) return answer.body;
      // A gateway that knows no such route answers 404 as well, but not with a problem of ours.
      if (answer.status === 404 && answer.problem !== null) return undefined;
      throw refusedWith(answer, connection.roles);
    },
    drafted: (draft: PolicyDraft, key: string): Promise<PolicyVersionView> =>
      ask({ operation: 'draftPolicy', body: draft, key, schema: PolicyVersionView }),
    page: (cursor: string | null): Promise<z.infer<typeof PolicyList>> =>
      ask({ operation: 'listPolicies', query: cursor === null ? {} : { cursor }, schema: PolicyList }),
    startedSimulation: (version: string, stem: string): Promise<SimulationView> =>
      startedRun({ operation: 'simulatePolicy', version, schema: SimulationView }, stem, (run) =>
        simulation(version, run.simulationId),
      ),
    changes: (
      { version, simulationId }: SimulationView,
      limit: number,
      cursor: string | null,
    ): Promise<z.infer<typeof ChangesPage>> =>
      ask({
        operation: 'listSimulatedChanges',
        params: { version, simulationId },
        query: { limit: String(limit), ...(cursor === null ? {} : { cursor }) },
        schema: ChangesPage,
      }),
    startedActivation: (version: string, body: z.input<typeof ActivationBody>, stem: string): Promise<ActivationView> =>
      startedRun({ operation: 'activatePolicy', version, body, schema: ActivationView }, stem, (run) =>
        activation(version, run.activationId),
      ),
    withdrawn: (version: string): Promise<PolicyVersionView> =>
      ask({ operation: 'withdrawPolicy', params: { version }, schema: PolicyVersionView }),
  };
};
export type Policies = ReturnType<typeof policiesAt>;
