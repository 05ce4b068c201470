import { webhookTestHost } from '../contracts/environment.ts';
import { createActivity } from './activity.ts';
import { startAwsEndpoint } from './aws-endpoint.ts';
import { openClock } from './clock.ts';
import { streamTables } from './control/export-tables.ts';
import { startControl } from './control/server.ts';
import { chooseEngine } from './dynamodb/engine.ts';
import { importExport } from './dynamodb/import-export.ts';
import { createEngineClient } from './dynamodb/json-client.ts';
import { startEngineWithTables } from './dynamodb/tables.ts';
import { startUnitCounter } from './dynamodb/unit-counter.ts';
import { createAuthorizer } from './gateway/authorizer.ts';
import { startGateway } from './gateway/server.ts';
import type { Listening } from './http.ts';
import { kmsService } from './kms/kms.ts';
import { createLambdaPool } from './lambda/pool.ts';
import { localSecret, startObjectService } from './objects/s3-service.ts';
import type { OidcClient } from './oidc/clients.ts';
import { startIssuer } from './oidc/issuer.ts';
import { openKey } from './oidc/key.ts';
import type { IssuerIdentity } from './oidc/tokens.ts';
import { PlatformOptions, type ResolvedOptions } from './options.ts';
import { controlPlace, issuerPlace } from './ports.ts';
import { sqsService } from './queues/sqs-service.ts';
import { startSchedules } from './schedules/schedules.ts';
import { secretsService } from './secrets/secrets.ts';
import { StartFailure } from './start-failure.ts';
import { openStateFolder, type StateStore } from './state-folder.ts';
import { type StreamPoller, startStreamPoller } from './streams/poller.ts';
import { loadAssembly } from './template/assembly.ts';
import type { Surroundings } from './template/identities.ts';
import type { PlatformModel, TableModel } from './template/platform-model.ts';
import { readPlatformModel } from './template/read-platform-model.ts';
import { startWorkflows } from './workflows/workflows.ts';

/** A running platform, and where its parts answer. */
export type Platform = {
  readonly apiUrl: string;
  readonly issuerUrl: string;
  readonly controlUrl: string;
  /** The engine itself, past any counting of units. */
  readonly dynamodbUrl: string;
  /** What functions are told as endpoint of Step Functions, Secrets Manager and KMS. */
  readonly awsUrl: string;
  /** Where objects are put and read, by functions and by whoever holds an address they signed. */
  readonly objectsUrl: string;
  readonly model: PlatformModel;
  /** Rejects when a part that cannot be restarted is lost; never resolves. */
  readonly lost: Promise<never>;
  /** A token for the named client, or for one that is described, as the issuer's /token would give it. */
  readonly tokenFor: (client: string | OidcClient) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const account = '123456789012';

const surroundingsOf = (region: string): Surroundings => {
  const isChina = region.startsWith('cn-');
  return {
    region,
    account,
    partition: isChina ? 'aws-cn' : 'aws',
    suffix: isChina ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
};

const tableArnOf = (region: string, name: string): string =>
  `arn:${surroundingsOf(region).partition}:dynamodb:${region}:${account}:table/${name}`;

/** What is to be stopped, in the reverse order of its start; each part once, whatever the others do. */
const createTeardown = () => {
  const stops: (() => Promise<void> | void)[] = [];
  let stopping: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const stop of stops.reverse()) await Promise.resolve(stop()).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not every part of the platform could be stopped');
  };
  return {
    add: (stop: () => Promise<void> | void): void => void stops.push(stop),
    run: (): Promise<void> => {
      stopping ??= run();
      return stopping;
    },
  };
};
type Teardown = ReturnType<typeof createTeardown>;

const issuerOf = ({ routes }: PlatformModel): IssuerIdentity => {
  const authorizers = routes.flatMap(({ authorizer }) => authorizer ?? []);
  const issuers = new Set(authorizers.map(({ issuer }) => issuer));
  if (issuers.size > 1)
    throw new StartFailure(
      `The template trusts several issuers (${[...issuers].join(', ')}).`,
      'The local issuer can stand in for one only.',
    );
  return {
    issuer: [...issuers][0] ?? 'https://issuer.invalid',
    audience: [...new Set(authorizers.flatMap(({ audience }) => audience))],
  };
};

/** The functions of services, in the same order. */
const functionsOf = ({ functions }: PlatformModel, services: readonly string[]): readonly string[] =>
  services.map((service) => {
    const found = functions.find(({ environment }) => environment['POWERTOOLS_SERVICE_NAME'] === service);
    if (found !== undefined) return found.name;
    throw new StartFailure(
      `No function of the template is the service ${service}, which was to be started ahead.`,
      'Name services by their POWERTOOLS_SERVICE_NAME.',
    );
  });

/** The engine, with every table made, and the address at which functions reach it. */
const startDynamodb = async (
  options: ResolvedOptions,
  store: StateStore,
  tables: readonly TableModel[],
  teardown: Teardown,
) => {
  const { region, dynamodbPort: port } = options;
  const kind = chooseEngine(options.engine);
  const filled = tables.find(({ name }) => options.import !== undefined && name.includes(options.import.table));
  if (options.import !== undefined && filled !== undefined)
    await importExport(kind, store, { table: filled, folder: options.import.folder });
  const engine = await startEngineWithTables(kind, store, { port, region, tables });
  teardown.add(engine.stop);
  const client = createEngineClient(engine.url, region);
  teardown.add(client.close);
  const counter = options.countUnits ? await startUnitCounter(engine.url) : undefined;
  if (counter !== undefined) teardown.add(counter.stop);
  return { engine, client, units: counter?.statistics, urlForFunctions: counter?.url ?? engine.url };
};

const environmentFor = (
  region: string,
  dynamodbUrl: string,
  awsUrl: string,
  objectsUrl: string,
): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: localSecret,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl,
  AWS_ENDPOINT_URL_SFN: awsUrl,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: awsUrl,
  AWS_ENDPOINT_URL_KMS: awsUrl,
  AWS_ENDPOINT_URL_S3: objectsUrl,
  // Stand-in agencies are on this machine, and have no certificates.
  [webhookTestHost]: '127.0.0.1',
});

const assemble = async (options: ResolvedOptions, teardown: Teardown): Promise<Platform> => {
  const model = readPlatformModel(loadAssembly(options.assembly), surroundingsOf(options.region));
  const store = openStateFolder(options.dataFolder);
  teardown.add(store.close);
  const clock = openClock(store, options.clock === undefined ? undefined : Date.parse(options.clock));
  teardown.add(clock.stop);
  const activity = createActivity();
  const { region, apiPort } = options;

  const key = await openKey(store);
  const issuer = await startIssuer(issuerOf(model), options.clients, {
    ...{ key, clock, place: issuerPlace(options) },
    applications: options.applications,
  });
  teardown.add(issuer.stop);
  const dynamodb = await startDynamodb(options, store, model.tables, teardown);

  // The endpoint must be known to the functions before the workflows behind it, which call functions, can begin.
  const workflows = startWorkflows(model.machines, { store, clock, activity });
  const services = [
    ...[workflows.service, kmsService(model.kmsKeys, store), secretsService(model.secrets, store, clock)],
    sqsService(store.deadLetters, () => aws.url),
  ];
  const aws: Listening = await startAwsEndpoint(services, store.note);
  teardown.add(aws.stop);
  const objects = await startObjectService(model.buckets, { store, clock });
  teardown.add(objects.stop);
  const pool = createLambdaPool(model.functions, {
    clock,
    store,
    activity,
    commonEnvironment: environmentFor(region, dynamodb.urlForFunctions, aws.url, objects.url),
    ...(options.maxWorkersPerFunction === undefined ? {} : { maxWorkersPerFunction: options.maxWorkersPerFunction }),
  });
  teardown.add(pool.stop);
  const { journal, runner } = workflows.begin(pool);
  teardown.add(runner.stop);
  const gateway = await startGateway(model.routes, {
    pool,
    clock,
    authorize: createAuthorizer(key, clock, issuer.isRevoked),
    account,
    port: apiPort,
    note: store.note,
  });
  teardown.add(gateway.stop);

  const pollers: Record<string, StreamPoller> = {};
  for (const mapping of model.mappings) {
    const poller = await startStreamPoller(mapping, { client: dynamodb.client, pool, store, clock, activity, region });
    pollers[mapping.id] = poller;
    teardown.add(poller.stop);
  }
  const schedules = startSchedules(model.schedules, { clock, store, pool, activity, account, region });
  teardown.add(schedules.stop);

  const addresses = (): Record<string, string> => ({
    apiUrl: gateway.url,
    issuerUrl: issuer.url,
    controlUrl: control.url,
    dynamodbUrl: dynamodb.engine.url,
    awsUrl: aws.url,
  });
  const control = await startControl(
    {
      clock,
      activity,
      schedules,
      runner,
      journal,
      pool,
      pollers,
      units: dynamodb.units,
      deadLetters: store.deadLetterCounts,
      addresses,
      exportTables: (response) =>
        streamTables(
          {
            tables: model.tables.map(({ name }) => ({ name, arn: tableArnOf(options.region, name) })),
            engine: dynamodb.engine.kind,
            folder: store.folder,
            client: dynamodb.client,
            now: clock.now,
            activity: () => Object.values(pool.statistics()).reduce((sum, { invocations }) => sum + invocations, 0),
          },
          response,
        ),
    },
    controlPlace(options),
  );
  teardown.add(control.stop);
  void pool.startAhead(functionsOf(model, options.startAhead));
  store.announce({
    ...addresses(),
    apiUrl: gateway.url,
    tokenUrl: `${issuer.url}/token`,
    clients: options.clients,
  });

  return {
    apiUrl: gateway.url,
    issuerUrl: issuer.url,
    controlUrl: control.url,
    dynamodbUrl: dynamodb.engine.url,
    awsUrl: aws.url,
    objectsUrl: objects.url,
    model,
    lost: dynamodb.engine.lost,
    tokenFor: (client) => {
      const found = typeof client === 'string' ? options.clients.find(({ clientId }) => clientId === client) : client;
      return found === undefined
        ? Promise.reject(
            new Error(`The issuer knows no client ${typeof client === 'string' ? client : client.clientId}`),
          )
        : issuer.tokenFor(found);
    },
    stop: teardown.run,
  };
};

/**
 * Starts what a synthesized cloud assembly describes, on this machine, listening on 127.0.0.1 only. Throws StartFailure, with
 * cause and cure, when that is not possible; nothing is left running then.
 */
export const startPlatform = async (options: PlatformOptions = {}): Promise<Platform> => {
  const teardown = createTeardown();
  try {
    return await assemble(PlatformOptions.parse(options), teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
};
