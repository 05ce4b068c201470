import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../aws-clients.ts';

/** The two tables, and the client they are reached with. */
export interface Tables {
  client: DynamoDBDocumentClient;
  roster: string;
  audit: string;
}

/** A client that keeps nulls, refuses what it cannot store, and returns binary values as bytes. */
export const documentClient = (client: DynamoDBClient = new DynamoDBClient(clientSettings)): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
