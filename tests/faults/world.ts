import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { z } from 'zod';
import { dynamodbRosterStore } from '../../adapters/dynamodb/dynamodb-roster-store.ts';
import { digest } from '../../adapters/runtime.ts';
import type { Log } from '../../adapters/telemetry/log.ts';
import { Instant } from '../../domain/dates.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';
import type { Webhooks } from '../../domain/subscriptions/webhooks.ts';
import type { LambdaPool } from '../../local/lambda/pool.ts';
import type { InvocationResult } from '../../local/lambda/protocol.ts';
import { openStateFolder } from '../../local/state-folder.ts';
import type { Execution } from '../../local/workflows/journal.ts';
import { startWorkflows } from '../../local/workflows/workflows.ts';
import { type Item, startTables } from '../support/engine.ts';
import { vaultOf } from '../support/vault.ts';
import { callOf, type WireRequest } from './call.ts';
import { type Handler, startFunction } from './functions.ts';
import { createInjector, type Injector, type Invocation, invocationUnderWay, type Plan } from './injector.ts';
import { machineModels } from './machines.ts';
import { type OutboxStream, outboxStream, type StreamFault } from './outbox-stream.ts';
import { promptRetries } from './prompt-retries.ts';
import { rivalOf } from './rival.ts';
import { standingClock } from './standing-clock.ts';
import { answeredWith, readWhole, refusedWith, type WireAnswer } from './wire.ts';

/** A working day, in the morning in China. */
const beginning = Date.parse('2026-03-02T01:00:00.000Z');
/** Pauses before retries are waited for without being told; what lies further off is for the run to pass. */
const nearMs = 3 * 3_600_000;
/** Turns after which something goes round in a circle: dozens of households whose records come one by one after a kill take thousands. */
const mostTurns = 50_000;

const Started = z.object({ executionArn: z.string(), startDate: z.number() });

export interface Records {
  readonly roster: readonly Item[];
  readonly audit: readonly Item[];
}

/** What goes wrong in a run, and what is there when it begins. */
export interface Faults {
  readonly plan?: Plan;
  readonly stream?: StreamFault;
  /** So many relays are given each batch at the same moment. */
  readonly relays?: number;
  readonly records?: Records;
}

/** The platform in one process: the use cases behind their handlers, tables on the engine, workflows on the interpreter, a standing clock. */
export interface World {
  readonly injector: Injector;
  readonly stream: OutboxStream;
  /** Reads without being seen by the injector. */
  readonly observer: RosterStore;
  readonly now: () => number;
  readonly pass: (milliseconds: number) => void;
  readonly invoke: (name: string, event: string) => Promise<InvocationResult>;
  /** Waits until all that is left to do waits for people or for a later hour. `hasten` leaves the pauses before retries to pass. */
  readonly settle: (patience?: 'waits-for-retries' | 'hastens') => Promise<void>;
  readonly executions: () => readonly Execution[];
  readonly records: () => Promise<Records>;
  /** What functions logged as failed, newest last. */
  readonly troubles: () => readonly string[];
  /** Empties everything, puts these records there, and arms the faults of the next run. */
  readonly reset: (label: string, faults?: Faults) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Departments that are never called. */
const silence: Webhooks = {
  newSecret: () => 'whsec_c2VjcmV0',
  faultOf: async () => undefined,
  call: async () => 'taken',
};

/** Starts a world on an engine of its own. Runs in it come one after the other, each after a `reset`. */
export const startWorld = async (webhooks: Webhooks = silence): Promise<World> => {
  const tables = await startTables();
  const folder = mkdtempSync(join(tmpdir(), 'hearth-faults-'));
  const store = openStateFolder(folder);
  const clock = standingClock(beginning);
  const wire = new NodeHttpHandler({ requestTimeout: 20_000 });
  const stream = outboxStream();
  const vault = vaultOf('a secret of fault runs, long enough to derive keys from');
  const troubles: string[] = [];
  const started = new Set<string>();
  const processes = new Map<string, Handler>();
  const numbers = new Map<string, number>();
  const late: { name: string; send: () => Promise<unknown> }[] = [];
  let underWay = 0;
  const idle: (() => void)[] = [];
  let relays = 1;
  let label = '';
  let ids = 0;
  let resets = 0;

  const leave = (): void => {
    underWay -= 1;
    if (underWay > 0) return;
    for (const resolve of idle.splice(0)) resolve();
  };
  const activity = {
    begin: () => {
      underWay += 1;
      let over = false;
      return () => {
        if (!over) leave();
        over = true;
      };
    },
    ask: () => undefined,
    unlessPending: () => undefined,
    whenIdle: async () => true,
  };
  const quiet = async (): Promise<void> => {
    for (let turns = 0; turns < 3; turns += 1) {
      while (underWay > 0) {
        turns = 0;
        await new Promise<void>((resolve) => idle.push(resolve));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const workflows = startWorkflows(machineModels(), { store, clock, activity });
  const callStates = (request: WireRequest): WireAnswer => {
    const { operation, body } = callOf(request);
    try {
      const answer = workflows.service.operations[operation]?.(body);
      const arn = Started.safeParse(answer).data?.executionArn;
      if (arn !== undefined) started.add(arn);
      return answeredWith(200, answer);
    } catch (error) {
      const failure = workflows.service.failureOf(error);
      if (failure === undefined) throw error;
      return refusedWith(400, failure.type);
    }
  };
  const callTables = async (request: WireRequest): Promise<WireAnswer> => {
    const answer = await readWhole(await wire.handle(request as never));
    if (answer.response.statusCode !== 200) return answer;
    const { operation, body } = callOf(request);
    if (operation === 'TransactWriteItems') stream.observe(body);
    return answer;
  };
  const isForStates = ({ headers }: WireRequest): boolean =>
    Object.values(headers).some((value) => value.startsWith('AWSStepFunctions.'));
  const forward = async (request: WireRequest): Promise<WireAnswer> =>
    isForStates(request) ? callStates(request) : callTables(request);

  const injector = createInjector({
    forward,
    rival: rivalOf(tables.tables, vault, () => Instant.parse(new Date(clock.now()).toISOString())),
    twin: async ({ function: name, event }) => void (await invoke(name, event)),
    keepBack: (invocation, send) => void late.push({ name: invocation.function, send }),
  });
  const underSdk = { handle: injector.handle, metadata: { handlerProtocol: 'http/1.1' } } as never;
  const clients = { requestHandler: underSdk, retryStrategy: promptRetries() };
  const sfn = new SFNClient({
    ...clients,
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const log: Log = {
    write: (code, _ids, error) => {
      if (error !== undefined) troubles.push(`${code} ${error instanceof Error ? error.message : ''}`.trim());
    },
    with: () => log,
  };
  const parts = {
    tables: tables.tablesWith(clients),
    sfn,
    vault,
    webhooks,
    now: () => Instant.parse(new Date(clock.now()).toISOString()),
    newId: () => {
      ids += 1;
      return digest(`${label} ${ids}`).slice(0, 32);
    },
    log,
  };

  const perform = async (name: string, event: string): Promise<InvocationResult> => {
    const handler = processes.get(name) ?? startFunction(name, parts);
    processes.set(name, handler);
    try {
      const awsRequestId = digest(`request ${label} ${name} ${numbers.get(name)}`).slice(0, 32);
      return { ok: true, payload: JSON.stringify((await handler(JSON.parse(event), { awsRequestId })) ?? null) };
    } catch (error) {
      const [errorType, errorMessage] = error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
      return { ok: false, error: { errorType, errorMessage } };
    }
  };
  const sendLate = async (name: string | undefined): Promise<boolean> => {
    const due = late.filter((held) => name === undefined || held.name === name);
    for (const held of due) {
      late.splice(late.indexOf(held), 1);
      await held.send().catch(() => undefined);
    }
    return due.length > 0;
  };

  const invoke: World['invoke'] = async (name, event) => {
    const number = (numbers.get(name) ?? 0) + 1;
    numbers.set(name, number);
    const end = activity.begin();
    try {
      const result = await new Promise<InvocationResult>((resolve) => {
        const invocation: Invocation = {
          ...{ function: name, number, event, dead: false, calls: new Map() },
          abandon: (outcome) => {
            // Its process is gone, with everything it remembered.
            processes.delete(name);
            resolve(outcome);
          },
        };
        void invocationUnderWay.run(invocation, () => perform(name, event)).then(resolve);
      });
      // A request that was on its way when its function was stopped arrives after the next one has done its work.
      if (result.ok) await sendLate(name);
      return result;
    } finally {
      setImmediate(end);
    }
  };

  const pool = { invoke: (name: string, event: string) => invoke(name, event) } as LambdaPool;
  const { journal, runner } = workflows.begin(pool);
  const observer = dynamodbRosterStore(tables.tables, vault);

  const relay = async (event: string): Promise<InvocationResult> => {
    const results = await Promise.all(Array.from({ length: relays }, () => invoke('relay', event)));
    return results.find(({ ok }) => ok) ?? results[0] ?? { ok: true, payload: '{}' };
  };
  const settle: World['settle'] = async (patience = 'waits-for-retries') => {
    for (let turns = 0; turns < mostTurns; turns += 1) {
      await quiet();
      const due = journal.nextDue();
      if (!stream.isEmpty()) await stream.deliver(relay);
      else if (due !== undefined && due <= clock.now() + (patience === 'hastens' ? 0 : nearMs)) {
        clock.advanceTo(due);
        runner.wake();
      } else if (patience === 'hastens' || !(await sendLate(undefined))) return;
    }
    throw new Error('it never comes to rest');
  };

  const clear = async (): Promise<void> => {
    for (const table of ['roster', 'audit'] as const) {
      const keys = (await tables.items(table)).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
      for (let from = 0; from < keys.length; from += 25)
        await tables.tables.client.send(
          new BatchWriteCommand({ RequestItems: { [tables.tables[table]]: keys.slice(from, from + 25) } }),
        );
    }
  };
  const put = async (records: Records): Promise<void> => {
    for (const table of ['roster', 'audit'] as const) {
      const puts = records[table].map((item) => ({ PutRequest: { Item: item } }));
      for (let from = 0; from < puts.length; from += 25)
        await tables.tables.client.send(
          new BatchWriteCommand({ RequestItems: { [tables.tables[table]]: puts.slice(from, from + 25) } }),
        );
    }
  };
  const executions = (): Execution[] =>
    [...started].map((arn) => journal.execution(arn)).filter((execution) => execution !== undefined);

  return {
    injector,
    stream,
    observer,
    now: () => clock.now(),
    pass: (milliseconds) => {
      clock.advanceTo(clock.now() + milliseconds);
      runner.wake();
    },
    invoke,
    settle,
    executions,
    records: async () => ({ roster: await tables.items('roster'), audit: await tables.items('audit') }),
    troubles: () => troubles,
    reset: async (next, { plan, stream: streamFault, relays: together = 1, records } = {}) => {
      await quiet();
      for (const { arn } of journal.list({ status: 'RUNNING', limit: 100_000, offset: 0 }))
        runner.finish(arn, { status: 'ABORTED', output: null, error: null, cause: null });
      // Ids of runs and reviews follow from what is asked, and an execution's name is used once.
      store.database.exec('DELETE FROM executions; DELETE FROM steps; DELETE FROM sleeps; DELETE FROM events');
      started.clear();
      await clear();
      if (records !== undefined) await put(records);
      relays = together;
      // The store remembers the token of a transaction for ten minutes, and tokens follow from ids: no two runs share theirs.
      resets += 1;
      label = `${next}, ${resets}`;
      ids = 0;
      late.length = 0;
      troubles.length = 0;
      processes.clear();
      numbers.clear();
      clock.setTo(beginning);
      stream.reset(streamFault);
      injector.arm(plan);
    },
    stop: async () => {
      runner.stop();
      clock.stop();
      sfn.destroy();
      store.close();
      rmSync(folder, { recursive: true, force: true });
      await tables.stop();
      wire.destroy();
    },
  };
};
