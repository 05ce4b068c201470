import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Listening, listen, readBody } from '../http.ts';

/** Capacity units by table, by index of it (`''` is the table itself) and by operation. */
export type UnitStatistics = {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly requests: number;
  readonly byTable: Readonly<Record<string, Readonly<Record<string, { write: number; read: number }>>>>;
  readonly byOperation: Readonly<Record<string, { requests: number; units: number }>>;
  /** Units of writes by what the first key of the request begins with, up to its first `#` or `-`: what was written for what. */
  readonly byFirstKey: Readonly<Record<string, { requests: number; units: number }>>;
};

const Units = z.looseObject({ CapacityUnits: z.number().default(0) });
const Consumed = z.looseObject({
  TableName: z.string(),
  Table: Units.optional(),
  GlobalSecondaryIndexes: z.record(z.string(), Units).default({}),
  LocalSecondaryIndexes: z.record(z.string(), Units).default({}),
});
const Answer = z.looseObject({ ConsumedCapacity: z.union([Consumed, z.array(Consumed)]).optional() });
const JsonObject = z.record(z.string(), z.unknown());
const Put = z.looseObject({ Item: z.looseObject({ pk: z.looseObject({ S: z.string() }) }) });
const Update = z.looseObject({ Key: z.looseObject({ pk: z.looseObject({ S: z.string() }) }) });
const FirstWrite = z.union([
  Put,
  Update.transform(({ Key }) => ({ Item: Key })),
  z
    .looseObject({ TransactItems: z.tuple([z.looseObject({ Put })]).rest(z.unknown()) })
    .transform(({ TransactItems: [{ Put: put }] }) => put),
]);

/** What a write is about: the first word of the key of the first item that it puts, changes or removes. */
const firstKeyOf = (request: unknown): string => {
  const write = FirstWrite.safeParse(request);
  return write.success ? (/^[^#-]*/u.exec(write.data.Item.pk.S)?.[0] ?? '') : 'other';
};

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
const reads = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

/** The entry of a record, made when it is not there yet. */
const entry = <Value>(record: Record<string, Value>, name: string, fresh: Value): Value => {
  const value = record[name] ?? fresh;
  record[name] = value;
  return value;
};

const createTally = () => {
  const byTable: Record<string, Record<string, { write: number; read: number }>> = {};
  const byOperation: Record<string, { requests: number; units: number }> = {};
  const byFirstKey: Record<string, { requests: number; units: number }> = {};
  const total = { write: 0, read: 0, requests: 0 };
  const count = (operation: string, consumed: z.infer<typeof Consumed>, firstKey: string): void => {
    const kind = writes.has(operation) ? 'write' : 'read';
    const table = entry(byTable, consumed.TableName, {});
    const parts = {
      '': consumed.Table ?? { CapacityUnits: 0 },
      ...consumed.GlobalSecondaryIndexes,
      ...consumed.LocalSecondaryIndexes,
    };
    for (const [index, { CapacityUnits }] of Object.entries(parts)) {
      entry(table, index, { write: 0, read: 0 })[kind] += CapacityUnits;
      entry(byOperation, operation, { requests: 0, units: 0 }).units += CapacityUnits;
      if (kind === 'write') entry(byFirstKey, firstKey, { requests: 0, units: 0 }).units += CapacityUnits;
      total[kind] += CapacityUnits;
    }
  };
  return {
    add: (operation: string, answer: z.infer<typeof Answer>, firstKey: string): void => {
      total.requests += 1;
      if (writes.has(operation)) entry(byFirstKey, firstKey, { requests: 0, units: 0 }).requests += 1;
      entry(byOperation, operation, { requests: 0, units: 0 }).requests += 1;
      const { ConsumedCapacity } = answer;
      const list = ConsumedCapacity === undefined ? [] : [ConsumedCapacity].flat();
      for (const consumed of list) count(operation, consumed, firstKey);
    },
    statistics: (): UnitStatistics =>
      structuredClone({
        writeUnits: total.write,
        readUnits: total.read,
        requests: total.requests,
        byTable,
        byOperation,
        byFirstKey,
      }),
  };
};

/**
 * Stands between the functions and the engine, asks the engine for the capacity each request consumed, and sums it.
 *
 * The figures are the engine's. Dynoxide's follow DynamoDB's published rules (whole KB per item and per index entry, the larger of
 * old and new item, an index entry that moves counts twice, transactional items twice). DynamoDB Local differs in transactions: it
 * doubles index entries as well, and takes condition checks as free. Failed conditions, for which AWS charges too, are counted by neither.
 */
export const startUnitCounter = async (
  engineUrl: string,
): Promise<Listening & { readonly statistics: () => UnitStatistics }> => {
  const tally = createTally();
  const agent = new Agent({ keepAlive: true });

  const forward = (
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const { host: _host, connection: _connection, ...headers } = incoming.headers;
      const outgoing = request(
        engineUrl,
        { method: incoming.method ?? 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const counted = writes.has(operation) || reads.has(operation);
    const body = await readBody(incoming, Infinity);
    const request = counted ? JsonObject.parse(JSON.parse(body.toString('utf8'))) : {};
    const asked = counted ? Buffer.from(JSON.stringify({ ...request, ReturnConsumedCapacity: 'INDEXES' })) : body;
    const answer = await forward(incoming, asked);
    if (counted && answer.status === 200)
      tally.add(operation, Answer.parse(JSON.parse(answer.body.toString('utf8'))), firstKeyOf(request));
    // Bytes are passed on as they came, so that the checksum the engine sends with them stays right.
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  };

  const listening = await listen(
    (incoming, response) =>
      void serve(incoming, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      ),
    0,
    'counting capacity units',
    '--count-units',
  );
  return {
    ...listening,
    statistics: tally.statistics,
    stop: async () => {
      await listening.stop();
      agent.destroy();
    },
  };
};
