import { z } from 'zod';

/** A request of the AWS SDK as its handler gets it; what is not read here is passed on as it stands. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const Key = z.looseObject({ pk: z.looseObject({ S: z.string() }), sk: z.looseObject({ S: z.string() }) });
const Write = z.looseObject({
  TableName: z.string(),
  Item: Key.optional(),
  Key: Key.optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
});
const Body = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  Key: Key.optional(),
  Item: Key.optional(),
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(Key).optional() })).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
  TransactItems: z
    .array(z.looseObject({ Put: Write.optional(), Update: Write.optional(), Delete: Write.optional() }))
    .optional(),
  stateMachineArn: z.string().optional(),
});
export type CallBody = z.infer<typeof Body>;

/** What is asked of which service, about which kinds of items: never which item, so that it is the same in every run. */
export interface Call {
  readonly operation: string;
  readonly target: string;
  readonly body: CallBody;
}

const headerOf = ({ headers }: WireRequest, name: string): string =>
  Object.entries(headers).find(([header]) => header.toLowerCase() === name)?.[1] ?? '';

/** What all attempts of one call have in common. */
export const callIdOf = (request: WireRequest): string => headerOf(request, 'amz-sdk-invocation-id');

const kindOf = (key: z.infer<typeof Key>, table = ''): string => {
  if (/audit/iu.test(table)) return 'AUDIT';
  const kind = key.pk.S.split('#')[0] ?? '';
  const part = key.sk.S.split('#')[0] ?? '';
  return ['SEGMENT', 'DECIDED', 'PART', 'TOKEN'].includes(part) ? `${kind}.${part}` : kind;
};

const listed = (kinds: readonly string[]): string => [...new Set(kinds)].join('+');

/** A partition that is read is named by a value of the expression. */
const partitionOf = ({ IndexName, ExpressionAttributeValues }: CallBody): string => {
  const values = Object.values(ExpressionAttributeValues ?? {}).map((value) => JSON.stringify(value));
  const partition = values.find((value) => value.includes('#'))?.match(/"([A-Z-]+)#/u)?.[1] ?? '';
  return [IndexName, partition].filter(Boolean).join(':');
};

const targetOf = (body: CallBody): string => {
  if (body.TransactItems !== undefined)
    return listed(
      body.TransactItems.flatMap(({ Put, Update, Delete }) => [Put, Update, Delete])
        .filter((write) => write !== undefined)
        .flatMap((write) => {
          const key = write.Item ?? write.Key;
          return key === undefined ? [] : [kindOf(key, write.TableName)];
        }),
    );
  if (body.RequestItems !== undefined)
    return listed(Object.values(body.RequestItems).flatMap(({ Keys = [] }) => Keys.map((key) => kindOf(key))));
  const key = body.Key ?? body.Item;
  if (key !== undefined) return kindOf(key, body.TableName);
  return body.stateMachineArn?.split(':').at(-1) ?? partitionOf(body);
};

/** Reads a request of the JSON protocols of AWS. */
export const callOf = (request: WireRequest): Call => {
  const operation = headerOf(request, 'x-amz-target').split('.').at(-1) ?? '';
  const text = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body as Uint8Array);
  const body = Body.parse(JSON.parse(text));
  return { operation, target: targetOf(body), body };
};
