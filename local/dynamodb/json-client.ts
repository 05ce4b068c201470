import { Agent, request } from 'node:http';
import { z } from 'zod';

/** An answer of the engine other than success; `type` is DynamoDB's error name. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(`${type}: ${message}`);
    this.type = type;
  }
}

/** Calls one operation of DynamoDB or its streams, in the JSON protocol. */
export type EngineClient = {
  readonly call: (operation: string, input: unknown) => Promise<unknown>;
  readonly close: () => void;
};

const versions = { DynamoDB: 'DynamoDB_20120810', Streams: 'DynamoDBStreams_20120810' } as const;
const streamOperations = new Set(['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords']);

/** Engines differ in how they spell the fields of an error. */
const Failure = z.looseObject({
  __type: z.string().default(''),
  message: z.string().optional(),
  Message: z.string().optional(),
});

const errorOf = (text: string): EngineError => {
  const { __type: type, message, Message } = Failure.parse(JSON.parse(text));
  return new EngineError(type.split('#').at(-1) ?? '', message ?? Message ?? '');
};

/** The engines check only that a signature is there, so this one signs nothing. */
export const engineAuthorization = (region: string): string =>
  `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/** A keep-alive client of a DynamoDB engine on this machine. */
export const createEngineClient = (url: string, region: string): EngineClient => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const authorization = engineAuthorization(region);
  return {
    call: (operation, input) =>
      new Promise((resolve, reject) => {
        const version = streamOperations.has(operation) ? versions.Streams : versions.DynamoDB;
        const body = Buffer.from(JSON.stringify(input));
        const headers = {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': body.length,
          'x-amz-target': `${version}.${operation}`,
          'x-amz-date': '20260101T000000Z',
          authorization,
        };
        const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            try {
              if (response.statusCode === 200) resolve(JSON.parse(text));
              else reject(errorOf(text));
            } catch (error) {
              reject(new Error(`The DynamoDB engine answered ${response.statusCode} and no JSON`, { cause: error }));
            }
          });
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
};
