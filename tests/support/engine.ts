import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { documentClient, type Tables } from '../../adapters/dynamodb/tables.ts';
import { rosterIndexes } from '../../contracts/environment.ts';
import { chooseEngine, type EngineKind, engineKinds, startEngine } from '../../local/dynamodb/engine.ts';
import { openStateFolder } from '../../local/state-folder.ts';

export type Item = Record<string, unknown>;

/** The two tables, empty, on an engine of their own. */
export interface TestTables {
  kind: EngineKind;
  tables: Tables;
  /** Another client of the same tables, with settings of its own. */
  tablesWith: (settings: DynamoDBClientConfig) => Tables;
  /** Every item of a table as it is stored, in the order of the keys. */
  items: (table: 'roster' | 'audit') => Promise<Item[]>;
  /** Every item of both tables, bytes as text: equal before and after means that nothing was written. */
  everything: () => Promise<Item[]>;
  /** The same without who was to be entered by a command (adapters/dynamodb/entered-people.ts). */
  records: () => Promise<Item[]>;
  stop: () => Promise<void>;
}

/** `HEARTH_ENGINE` names the engine, so that the same tests run on each: `npm run test:stores`. */
const wantedEngine = (): EngineKind => chooseEngine(z.enum(engineKinds).optional().parse(process.env['HEARTH_ENGINE']));

const names = { roster: 'Test-Roster', audit: 'Test-Audit' } as const;

const keysOf = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];
const asText = (...attributes: string[]) =>
  attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

const createTables = async (client: DynamoDBClient): Promise<void> => {
  const { name, partitionKey, sortKey } = rosterIndexes.worklist;
  await client.send(
    new CreateTableCommand({
      TableName: names.roster,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keysOf('pk', 'sk'),
      AttributeDefinitions: asText('pk', 'sk', partitionKey, sortKey),
      GlobalSecondaryIndexes: [
        { IndexName: name, KeySchema: keysOf(partitionKey, sortKey), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: names.audit,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keysOf('pk', 'sk'),
      AttributeDefinitions: asText('pk', 'sk'),
    }),
  );
};

const byKey = (left: Item, right: Item): number =>
  `${String(left['pk'])}|${String(left['sk'])}` < `${String(right['pk'])}|${String(right['sk'])}` ? -1 : 1;

const withoutBytes = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ]),
  );

/** Starts a table engine with the platform's tables, as infra creates them. One per test file; stop it when the file is done. */
export const startTables = async (): Promise<TestTables> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-tables-'));
  const store = openStateFolder(folder);
  const kind = wantedEngine();
  const engine = await startEngine(kind, store, 0);
  const clients: DynamoDBClient[] = [];
  const clientWith = (settings: DynamoDBClientConfig): DynamoDBClient => {
    const client = new DynamoDBClient({
      endpoint: engine.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      ...settings,
    });
    clients.push(client);
    return client;
  };
  const tablesWith = (settings: DynamoDBClientConfig): Tables => ({
    client: documentClient(clientWith(settings)),
    ...names,
  });
  await createTables(clientWith({}));
  const tables = tablesWith({});

  const items: TestTables['items'] = async (table) => {
    const found: Item[] = [];
    let start: Item | undefined;
    do {
      const answer = await tables.client.send(
        new ScanCommand({
          TableName: names[table],
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      found.push(...(answer.Items ?? []));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
    return found.sort(byKey);
  };

  return {
    kind,
    tables,
    tablesWith,
    items,
    // Who was to be entered is told before a command, and in vain where that is refused.
    records: async () =>
      [...(await items('roster')), ...(await items('audit'))]
        .filter(({ pk }) => !String(pk).startsWith('ENTERED#'))
        .map(withoutBytes),
    everything: async () => [...(await items('roster')), ...(await items('audit'))].map(withoutBytes),
    stop: async () => {
      for (const client of clients) client.destroy();
      await engine.stop();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
