import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { call } from '../connection/call.ts';
import { connect } from '../connection/connect.ts';
import { findLocalInstance } from '../connection/local-instance.ts';
import { exportInstance } from '../export/export.ts';
import { inFolder } from '../export/folder-failure.ts';
import { openExport, type RosterExport } from '../export/read-export.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import { type Recount, recount } from '../reconcile/recount.ts';
import type { Outcome, Session } from '../session.ts';
import { startDrillInstance } from './drill-instance.ts';
import { loadItems } from './load-tables.ts';
import { type Surveyed, startAgain, survey } from './under-way.ts';

export interface RestoreOptions {
  readonly export: string;
  readonly to?: string | undefined;
  readonly keysOf?: string | undefined;
  readonly sample: number;
}

/** How far a drill has come in its folder; what was loaded is not loaded again over what has happened since. */
const Progress = z.strictObject({ exportArn: z.string(), loaded: z.boolean() });
const progressFile = 'restore.json';
const longestWaitMs = 60_000;
const Executions = z.looseObject({ executions: z.array(z.looseObject({ name: z.string() })) });

const prepared = (options: RestoreOptions, exported: RosterExport, { terminal }: Session) => {
  const isKept = options.to !== undefined;
  const folder = isKept ? resolve(terminal.folder, options.to) : mkdtempSync(join(tmpdir(), 'hearth-restore-'));
  inFolder(folder, () => mkdirSync(folder, { recursive: true }));
  const file = join(folder, progressFile);
  const { exportArn } = exported.roster.summary;
  const begun = existsSync(file) ? Progress.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (begun?.exportArn !== exportArn && readdirSync(folder).length > 0)
    throw new CommandFailure({
      title: says('目标目录不为空', 'The folder is not empty'),
      cause: says(`${folder} 不是这份导出的演练目录。`, `${folder} is not of an earlier drill with this export.`),
      cure: says('请用 --to 指明新目录。', 'Name a new folder with --to.'),
    });
  const write = (loaded: boolean): void => writeFileSync(file, JSON.stringify({ exportArn, loaded }));
  if (begun === undefined) write(false);
  const isNew = !existsSync(join(folder, 'state.sqlite'));
  return { folder, isKept, isNew, isLoaded: begun?.loaded === true, loaded: () => write(true) };
};

const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const isOutbox = (pk: string): boolean => pk.startsWith('OUTBOX#');
const isKeyring = (pk: string): boolean => pk === 'KEYRING';
const isChain = (pk: string): boolean => pk.startsWith('CHAIN#');

/** Records before the events about them, and the audit's chain before the entries it holds: what follows the streams finds all in place. */
const load = async (
  exported: RosterExport,
  client: DynamoDBClient,
  tables: { roster: string; audit: string },
): Promise<number> => {
  const roster = { client, table: tables.roster };
  const audit = { client, table: tables.audit };
  // Before any function needs a data key and makes one of its own.
  let items = await loadItems(exported.roster, roster, isKeyring);
  items += await loadItems(exported.audit, audit, isChain);
  items += await loadItems(exported.audit, audit, (pk) => !isChain(pk));
  items += await loadItems(exported.roster, roster, (pk) => !isOutbox(pk) && !isKeyring(pk));
  return items + (await loadItems(exported.roster, roster, isOutbox));
};

const settled = async (controlUrl: string): Promise<void> => {
  await fetch(`${controlUrl}/idle?timeout=${longestWaitMs}`);
};

const knownWorkflows = async (controlUrl: string): Promise<ReadonlySet<string>> => {
  const names = new Set<string>();
  for (let offset = 0; ; offset = names.size) {
    const answer = await fetch(`${controlUrl}/executions?limit=10000&offset=${offset}`);
    const { executions } = Executions.parse(await answer.json());
    const before = names.size;
    for (const { name } of executions) names.add(name);
    if (names.size === before) return names;
  }
};

/** Reads decisions back through the API, which opens their envelopes and makes their reasons again. */
const readBack = async (data: string, sample: readonly string[], session: Session): Promise<number> => {
  const connection = connect({ data, clientId: 'drill-auditor' }, session.terminal, ['auditor']);
  const schema = z.looseObject({ determinationId: z.string() });
  let read = 0;
  for (const determinationId of sample) {
    const request = { operation: 'readDetermination', params: { determinationId }, language: 'en', schema } as const;
    const answer = await call(connection, request, session.terminal);
    if (answer.ok && answer.body.determinationId === determinationId) read += 1;
  }
  return read;
};

interface Drilled {
  readonly items: number;
  readonly recoverySeconds: number;
  readonly survey: Surveyed;
  readonly known: number;
  readonly read: number;
  readonly recounted: Recount;
  readonly before: Recount;
}

const violationsOf = ({ findings }: Recount): number => findings.reduce((sum, { violations }) => sum + violations, 0);

const reportOf = (exportTime: string, drilled: Drilled): Outcome => {
  const { survey: found, items, recoverySeconds, known, read, recounted, before } = drilled;
  const told = (name: string, value: number, unit: string) => ({ name, value, unit, goal: 'told', holds: true });
  const exactly = (name: string, value: number, unit: string, goal: number) => ({
    name,
    value,
    unit,
    goal: `= ${goal}`,
    holds: value === goal,
  });
  const measures = [
    told('items restored', items, 'items'),
    told('time to recovery', Math.round(recoverySeconds * 10) / 10, 's'),
    exactly('determinations read back', read, 'records', found.sample.length),
    exactly('reviews under way that the workflow knows', known, 'reviews', found.underWay.length),
    told('violations in the export', violationsOf(before), 'violations'),
    {
      name: 'violations after the restore',
      value: violationsOf(recounted),
      unit: 'violations',
      goal: `<= ${violationsOf(before)}`,
      holds: violationsOf(recounted) <= violationsOf(before),
    },
  ];
  return {
    exitCode: measures.every(({ holds }) => holds) ? 0 : 1,
    object: {
      name: 'restore-drill',
      exportTime,
      pointInTime: found.newest,
      measures,
      violated: recounted.findings.filter(({ violations }) => violations > 0),
      notChecked: recounted.findings.flatMap(({ notChecked }) => notChecked),
    },
  };
};

const drill = async (options: RestoreOptions, exported: RosterExport, session: Session): Promise<Outcome> => {
  const { terminal } = session;
  const tell = (text: string): void => terminal.tell(text);
  const exportTime = new Date(exported.roster.summary.exportTime).toISOString();
  const place = prepared(options, exported, session);
  const keysOf = resolve(terminal.folder, options.keysOf ?? join(import.meta.dirname, '../../.hearth'));
  const begin = performance.now();
  const found = await survey(exported, options.sample);
  const instance = await startDrillInstance({ ...place, keysOf, clock: exportTime }, tell);
  const { dynamodbUrl } = z
    .looseObject({ dynamodbUrl: z.url() })
    .parse(findLocalInstance(place.folder, terminal.folder));
  const client = new DynamoDBClient({ ...local, endpoint: dynamodbUrl });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const named = (part: string): string => TableNames.find((name) => name.includes(part)) ?? part;
    const tables = { roster: named('Roster'), audit: named('Audit') };
    tell('loading');
    const items = place.isLoaded ? 0 : await load(exported, client, tables);
    for (const each of found.underWay) await startAgain(client, tables.roster, each);
    await settled(instance.controlUrl);
    place.loaded();
    const recoverySeconds = (performance.now() - begin) / 1_000;
    const names = await knownWorkflows(instance.controlUrl);
    const known = found.underWay.filter(({ reviewId }) => names.has(`review-${reviewId}`)).length;
    tell('reading back');
    const read = await readBack(place.folder, found.sample, session);
    const again = mkdtempSync(join(tmpdir(), 'hearth-restored-'));
    try {
      await exportInstance({ to: join(again, 'export'), data: place.folder }, session);
      const recounted = await recount(join(again, 'export'), tell);
      const before = await recount(resolve(terminal.folder, options.export), tell);
      return reportOf(exportTime, { items, recoverySeconds, survey: found, known, read, recounted, before });
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  } finally {
    client.destroy();
    await instance.stop();
    if (!place.isKept) rmSync(place.folder, { recursive: true, force: true });
  }
};

/**
 * `hearth restore-drill`: loads an export into a new data folder, starts on it, takes up the reviews under way, and checks what came of it.
 * With `--to`, a drill that was cut off is gone on with. Ends with 1 when anything that was there is not.
 */
export const restoreDrill = async (options: RestoreOptions, session: Session): Promise<Outcome> => {
  const exported = openExport(resolve(session.terminal.folder, options.export));
  const outcome = await drill(options, exported, session);
  const Shown = z.looseObject({
    pointInTime: z.string(),
    measures: z.array(
      z.looseObject({ name: z.string(), value: z.number(), unit: z.string(), goal: z.string(), holds: z.boolean() }),
    ),
  });
  const { pointInTime, measures } = Shown.parse(outcome.object);
  session.show(
    [
      session.say(says(`恢复到 ${pointInTime}：`, `Restored to ${pointInTime}:`)),
      ...measures.map(
        ({ name, value, unit, goal, holds }) =>
          `${holds ? ' ok ' : 'MISS'}  ${name.padEnd(44)} ${String(value).padStart(10)} ${unit.padEnd(12)} ${goal}`,
      ),
    ].join('\n'),
  );
  return outcome;
};
