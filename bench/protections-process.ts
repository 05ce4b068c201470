import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { clientSettings } from '../adapters/aws-clients.ts';
import { documentClient } from '../adapters/dynamodb/tables.ts';
import { apiHandler } from '../adapters/http/api-handler.ts';
import type { RateLimiter } from '../adapters/http/rate-limit.ts';
import type { Log } from '../adapters/telemetry/log.ts';
import { Instant } from '../domain/dates.ts';
import { applicationOperations } from '../functions/applications/operations.ts';
import { edgeOf, runtimeDependencies } from '../functions/runtime-dependencies.ts';
import { coupleApplication } from './applications.ts';
import { asked, report } from './child.ts';
import type { Variant } from './protections.ts';
import { plainIntake, plainStore } from './protections-plain.ts';

/** Rounds of applications handed in with all protections, without the counter only, and with none; in one process, in turn. */
const options = asked(
  z.strictObject({
    environment: z.string(),
    plainRoster: z.string(),
    claims: z.string(),
    rounds: z.int(),
    warmUp: z.int(),
    requests: z.int(),
    connections: z.int(),
  }),
);
const Texts = z.record(z.string(), z.string());
Object.assign(process.env, Texts.parse(JSON.parse(options.environment)));
const claims = Texts.parse(JSON.parse(options.claims));

type Handler = (event: unknown) => Promise<{ statusCode: number; body?: string | undefined }>;

const silent: Log = { write: () => undefined, with: () => silent };
/** A morning on which the papers of the example are valid. */
const morning = Instant.parse('2026-03-02T01:00:00.000Z');
const product = runtimeDependencies();
const dependencies = { ...product, now: () => morning };

const protectedBy = (limiter: RateLimiter): Handler => {
  const handler = apiHandler({
    function: 'applications',
    operations: applicationOperations(dependencies),
    ...edgeOf(dependencies),
    limiter,
    log: silent,
    metrics: { count: () => undefined, flush: () => undefined },
  });
  const context = z.custom<Parameters<typeof handler>[1]>().parse({ awsRequestId: 'bench-request-0001' });
  return (event) => handler(event, context);
};

const client = documentClient(new DynamoDBClient(clientSettings));
const uncounted: RateLimiter = async () => ({
  refusal: null,
  headers: {},
  rateClass: null,
  agency: null,
  failure: null,
});
const variants: Readonly<Record<Variant, Handler>> = {
  protected: protectedBy(product.limiter),
  uncounted: protectedBy(uncounted),
  plain: plainIntake({ ...dependencies, store: plainStore(client, options.plainRoster, product.store) }, claims),
};
const order = ['protected', 'uncounted', 'plain'] as const;

let next = 0;
const eventOf = (): unknown => {
  next += 1;
  return {
    version: '2.0',
    routeKey: 'POST /applications',
    rawPath: '/applications',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', 'accept-language': 'zh', 'idempotency-key': `intake-${next}` },
    requestContext: {
      requestId: 'JKJaXmPLvHcESHA=',
      http: { method: 'POST', path: '/applications', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
      authorizer: { jwt: { claims, scopes: null } },
    },
    body: JSON.stringify(coupleApplication(next)),
    isBase64Encoded: false,
  };
};

/** Milliseconds of a round: so many requests over so many connections. */
const roundOf = async (handler: Handler): Promise<number> => {
  const events = Array.from({ length: options.requests }, eventOf);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      for (let event = events.pop(); event !== undefined; event = events.pop()) {
        const { statusCode, body } = await handler(event);
        if (statusCode !== 201) throw new Error(`an application was answered with ${statusCode}: ${body}`);
      }
    }),
  );
  return performance.now() - began;
};

/** What a protection left behind in a table: the sum of an attribute over the items of a prefix, or their number. */
const leftBehind = async (TableName: string, prefix = '', summed?: string): Promise<number> => {
  let sum = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
    );
    for (const item of z.array(z.looseObject({ pk: z.string() })).parse(page.Items ?? [])) {
      if (item.pk.startsWith(prefix)) sum += summed === undefined ? 1 : z.number().parse(item[summed]);
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return sum;
};

const times: Record<Variant, number[]> = { protected: [], uncounted: [], plain: [] };
for (let round = 0; round < options.warmUp + options.rounds; round += 1) {
  // Each is first as often as the others: what one leaves behind, such as garbage, meets each of them.
  for (let turn = 0; turn < order.length; turn += 1) {
    const variant = order[(round + turn) % order.length] ?? 'plain';
    const milliseconds = await roundOf(variants[variant]);
    if (round >= options.warmUp) times[variant].push(milliseconds);
  }
}
const handedIn = (options.warmUp + options.rounds) * options.requests;
const { ROSTER_TABLE = '', AUDIT_TABLE = '' } = process.env;
report({
  times,
  auditEntriesEach: (await leftBehind(AUDIT_TABLE)) / (handedIn * 2),
  countedEach: (await leftBehind(ROSTER_TABLE, 'RATE#', 'n')) / handedIn,
});
