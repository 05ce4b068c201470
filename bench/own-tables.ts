import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Platform } from '../local/platform.ts';

/** A table like one of the platform's, under another name, so that no workflow answers to what is written to it. */
const createLike = async (
  client: DynamoDBClient,
  { model }: Platform,
  name: string,
  suffix: string,
): Promise<string> => {
  const table = model.tables.find((found) => found.name === name);
  if (table === undefined) throw new Error(`the platform has no table ${name}`);
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, StreamSpecification } = table.properties;
  const input = z.custom<CreateTableCommandInput>().parse({
    TableName: `${name}-${suffix}`,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema,
    AttributeDefinitions,
    ...(GlobalSecondaryIndexes.length === 0 ? {} : { GlobalSecondaryIndexes }),
    ...(StreamSpecification === undefined
      ? {}
      : { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
  });
  await client.send(new CreateTableCommand(input));
  return `${name}-${suffix}`;
};

/** What the platform gives its functions, on tables that nothing else looks at; and one roster table more, under a name of its own. */
export const ownTables = async (
  platform: Platform,
  suffix: string,
): Promise<{ readonly environment: Readonly<Record<string, string>>; readonly more: string }> => {
  const { surroundings, functions } = platform.model;
  const given = Object.fromEntries(functions.flatMap(({ environment }) => Object.entries(environment)));
  const access = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({
    region: surroundings.region,
    credentials: access,
    endpoint: platform.dynamodbUrl,
  });
  try {
    const [roster, audit] = [z.string().parse(given['ROSTER_TABLE']), z.string().parse(given['AUDIT_TABLE'])];
    const more = await createLike(client, platform, roster, suffix);
    return {
      more,
      environment: {
        ...given,
        ROSTER_TABLE: await createLike(client, platform, roster, 'own'),
        AUDIT_TABLE: await createLike(client, platform, audit, 'own'),
        AWS_REGION: surroundings.region,
        AWS_ACCESS_KEY_ID: access.accessKeyId,
        AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
        AWS_ENDPOINT_URL: platform.awsUrl,
        AWS_ENDPOINT_URL_DYNAMODB: platform.dynamodbUrl,
        AWS_ENDPOINT_URL_S3: platform.objectsUrl,
      },
    };
  } finally {
    client.destroy();
  }
};
