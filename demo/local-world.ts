import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { FunctionName } from '../contracts/environment.ts';
import { type Platform, startPlatform } from '../local/platform.ts';
import { demoClients } from '../synthetic/demo-clients.ts';
import type { Records, World } from './world.ts';

/** A world on this machine, whose clock can be moved and whose tables can be read whole. */
export interface LocalWorld extends World {
  /** Rejects when a part of the platform is lost; never resolves. */
  readonly lost: Promise<never>;
  readonly stop: () => Promise<void>;
}

const longestWaitMs = 30_000;
/**
 * What the stories go through, in the order in which they first do. A function takes half a second to start; on a second core that passes
 * while the first families apply.
 */
const goneThrough = [
  ...['applications', 'relay', 'chain-audit', 'tasks', 'check-completeness', 'open-task', 'verify-means', 'reviews'],
  ...['evaluate-tiers', 'await-notice', 'households', 'feeds', 'begin-comparison', 'index-people', 'compare-piece'],
  ...['end-comparison', 'reports', 'emergency-aid', 'sweep', 'begin-daily-scan', 'scan-segment', 'compare-people'],
  ...['record-determination', 'await-referral', 'referrals', 'notices', 'assistance-chain', 'payment-runs'],
] as const satisfies readonly FunctionName[];
const Clock = z.looseObject({ now: z.iso.datetime() });
const Item = z.record(z.string(), z.unknown());
const Token = z.looseObject({ access_token: z.string() });

const answerOf = async <Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  init: RequestInit = {},
): Promise<z.output<Schema>> => {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url} was answered ${response.status}: ${text}`);
  return schema.parse(JSON.parse(text));
};

/** Asks the issuer for a token, as any client with a secret does; subjects are the clients of synthetic/demo-clients.ts. */
const requestToken = async (issuerUrl: string, subject: string): Promise<string> => {
  const client = demoClients().find(({ clientId }) => clientId === subject);
  if (client === undefined) throw new Error(`the issuer knows no client ${subject}`);
  const { access_token } = await answerOf(Token, `${issuerUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client.clientId}:${client.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return access_token;
};

const tableNamed = ({ model }: Platform, part: string): string => {
  const table = model.tables.find(({ name }) => name.includes(part));
  if (table === undefined) throw new Error(`the template has no table ${part}`);
  return table.name;
};

const readRecords = async (platform: Platform): Promise<Records> => {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: platform.dynamodbUrl,
      region: platform.model.surroundings.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const scan = async (table: string): Promise<z.infer<typeof Item>[]> => {
    const items: z.infer<typeof Item>[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: tableNamed(platform, table) })) {
      items.push(...Items.map((item) => Item.parse(item)));
    }
    return items;
  };
  try {
    const [roster, audit] = await Promise.all([scan('Roster'), scan('Audit')]);
    return { roster, audit };
  } finally {
    client.destroy();
  }
};

/** Starts a platform of its own in a folder and makes a world of it. Throws what startPlatform throws. */
export const openLocalWorld = async (options: {
  assembly: string;
  dataFolder: string;
  /** Instant at which the platform's clock begins. */
  startAt: string;
}): Promise<LocalWorld> => {
  const { assembly, dataFolder, startAt } = options;
  const clients = demoClients().map(({ clientId, secret, claims }) => ({ clientId, secret, claims: { ...claims } }));
  // One acts after the other: a second thread of a function would be started for nothing.
  const platform = await startPlatform({
    assembly,
    dataFolder,
    clock: startAt,
    apiPort: 0,
    clients,
    maxWorkersPerFunction: 1,
    startAhead: [...goneThrough],
  });
  const { apiUrl, controlUrl, issuerUrl, lost } = platform;
  let tokens = new Map<string, Promise<string>>();

  const settle = async (): Promise<void> => {
    await answerOf(z.unknown(), `${controlUrl}/idle?timeout=${longestWaitMs}`);
  };
  const now = async (): Promise<string> => (await answerOf(Clock, `${controlUrl}/clock`)).now;
  return {
    apiUrl,
    canAdvance: true,
    lost,
    settle,
    stop: platform.stop,
    now,
    token: (_role, _division, subject) => {
      const known = tokens.get(subject) ?? requestToken(issuerUrl, subject);
      tokens.set(subject, known);
      return known;
    },
    advanceTo: async (isoInstant) => {
      await settle();
      if (Date.parse(isoInstant) <= Date.parse(await now())) return;
      const body = JSON.stringify({ to: isoInstant });
      await answerOf(z.unknown(), `${controlUrl}/clock/advance`, { method: 'POST', body });
      // Whatever was signed before has run out in the time that has passed.
      tokens = new Map();
      await settle();
    },
    records: () => readRecords(platform),
  };
};
