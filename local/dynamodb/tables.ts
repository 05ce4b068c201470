import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';
import type { StateStore } from '../state-folder.ts';
import type { TableModel } from '../template/platform-model.ts';
import { databaseOf, type Engine, type EngineKind, startEngine } from './engine.ts';
import { createEngineClient, type EngineClient, EngineError } from './json-client.ts';
import { tendDynoxide } from './tend-dynoxide.ts';

const Described = z.looseObject({
  Table: z.looseObject({
    KeySchema: z.array(z.looseObject({ AttributeName: z.string() })),
    GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string() })).default([]),
    LatestStreamArn: z.string().optional(),
  }),
});

/** A table of the template as CreateTable wants it. */
export const createInput = ({ name, properties }: TableModel): object => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: properties.KeySchema,
  AttributeDefinitions: properties.AttributeDefinitions,
  ...(properties.StreamSpecification === undefined
    ? {}
    : { StreamSpecification: { StreamEnabled: true, StreamViewType: properties.StreamSpecification.StreamViewType } }),
  ...indexes('GlobalSecondaryIndexes', properties.GlobalSecondaryIndexes),
  ...indexes('LocalSecondaryIndexes', properties.LocalSecondaryIndexes),
});

const indexes = (name: string, list: TableModel['properties']['GlobalSecondaryIndexes']): object =>
  list.length === 0
    ? {}
    : { [name]: list.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })) };

const describe = async (client: EngineClient, name: string): Promise<z.infer<typeof Described> | undefined> => {
  try {
    return Described.parse(await client.call('DescribeTable', { TableName: name }));
  } catch (error) {
    if (error instanceof EngineError && error.type === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

const shapeOf = (
  keys: readonly { AttributeName: string }[],
  indexNames: readonly string[],
  streamed: boolean,
): string => JSON.stringify([keys.map(({ AttributeName }) => AttributeName), [...indexNames].sort(), streamed]);

const refuseOther = ({ name, properties }: TableModel, { Table }: z.infer<typeof Described>): void => {
  const wanted = shapeOf(
    properties.KeySchema,
    properties.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName),
    properties.StreamSpecification !== undefined,
  );
  const found = shapeOf(
    Table.KeySchema,
    Table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName),
    Table.LatestStreamArn !== undefined,
  );
  if (wanted !== found)
    throw new StartFailure(
      `The data folder holds the table ${name} with other keys, indexes or stream (${found}) than the template (${wanted}).`,
      'Start with a new --data folder.',
    );
};

const createMissing = async (url: string, region: string, tables: readonly TableModel[]): Promise<boolean> => {
  const client = createEngineClient(url, region);
  let created = false;
  for (const table of tables) {
    const found = await describe(client, table.name);
    if (found !== undefined) refuseOther(table, found);
    else {
      await client.call('CreateTable', createInput(table));
      created = true;
    }
  }
  client.close();
  return created;
};

const tendedSetting = 'dynoxide-tended';

/** Starts the engine with every table of the template made. Data of an earlier start is kept. */
export const startEngineWithTables = async (
  kind: EngineKind,
  store: StateStore,
  options: { readonly port: number; readonly region: string; readonly tables: readonly TableModel[] },
): Promise<Engine> => {
  const kept = store.readSetting('engine-kind');
  if (kept !== undefined && kept !== kind)
    throw new StartFailure(
      `The data folder was made with the engine ${kept}.`,
      `Use --engine ${kept}, or a new --data folder.`,
    );
  store.writeSetting('engine-kind', kind);
  const { port, region, tables } = options;
  const isDynoxide = kind === 'dynoxide';
  if (isDynoxide && store.readSetting(tendedSetting) !== undefined) tendDynoxide(databaseOf(store));
  const engine = await startEngine(kind, store, port);
  const created = await createMissing(engine.url, region, tables);
  if (!isDynoxide || (!created && store.readSetting(tendedSetting) !== undefined)) return engine;
  await engine.stop();
  tendDynoxide(databaseOf(store));
  store.writeSetting(tendedSetting, 'yes');
  return startEngine(kind, store, port);
};
