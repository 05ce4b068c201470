import { createHash } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { SubmitApplicationBody } from '../contracts/api/applications.ts';
import { Principal } from '../contracts/principal.ts';
import type { Dependencies } from '../domain/dependencies.ts';
import { ApplicationId, HouseholdId, PersonId } from '../domain/ids.ts';
import type { AggregateWrite, Change, RosterStore } from '../domain/store/roster-store.ts';
import { submitApplication } from '../functions/applications/submit-application.ts';

/**
 * The intake path without protections, by other implementations of the ports: what is stored is stored as it is, a person is found by the
 * bare number, nothing is entered into an audit, nobody is counted, and the edge parses the body, calls the use case and prints what
 * it answers. What makes the intake correct is kept: one transaction, its conditions, the idempotency record, the outbox item.
 */

const Known = z.object({ personId: PersonId, householdId: HouseholdId, applicationId: ApplicationId.nullable() });
type Row = Record<string, unknown>;

/** Where the product seals, this writes the same JSON as bytes. */
const plain = (value: object): Row =>
  Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name,
      typeof inner === 'object' && inner !== null ? Buffer.from(JSON.stringify(inner)) : inner,
    ]),
  );

const idOf = (write: AggregateWrite): string => {
  if (write.kind === 'household') return write.value.household.householdId;
  if (write.kind === 'application') return write.value.applicationId;
  if (write.kind === 'review') return write.value.reviewId;
  throw new Error(`the intake writes no ${write.kind}`);
};

const personKey = (residentId: string) => ({ pk: `PERSON#${residentId}`, sk: 'LOOKUP' });
const absent = { ConditionExpression: 'attribute_not_exists(pk)' };

const itemsOf = (roster: string, { aggregates, claims, idempotency, event, division }: Change) => {
  const put = (Item: Row) => ({ Put: { TableName: roster, Item, ...absent } });
  return [
    ...(idempotency === undefined
      ? []
      : [put({ pk: `IDEMPOTENCY#${idempotency.caller} ${idempotency.key}`, sk: 'RECORD', ...plain(idempotency) })]),
    ...aggregates.map((write) =>
      put({ pk: `${write.kind.toUpperCase()}#${idOf(write)}`, sk: 'STATE', ...plain(write.value) }),
    ),
    ...(claims ?? []).map(({ residentId, personId, householdId, applicationId }) =>
      put({ ...personKey(residentId), personId, householdId, applicationId }),
    ),
    put({ pk: `OUTBOX#${event.eventId.slice(-1)}`, sk: `${event.at}#${event.eventId}`, ...event, division }),
  ];
};

/** The store of the product with the calls of an intake replaced. */
export const plainStore = (client: DynamoDBDocumentClient, roster: string, product: RosterStore): RosterStore => ({
  ...product,
  people: async (residentIds) => {
    const Keys = residentIds.map(personKey);
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [roster]: { Keys, ConsistentRead: true } } }),
    );
    const found = new Map((answer.Responses?.[roster] ?? []).map((item) => [item['pk'], Known.parse(item)]));
    return Keys.map(({ pk }) => found.get(pk));
  },
  idempotencyRecord: async () => undefined,
  commit: async (change) => {
    try {
      const ClientRequestToken = createHash('sha256').update(change.event.eventId).digest('hex').slice(0, 36);
      await client.send(new TransactWriteCommand({ TransactItems: itemsOf(roster, change), ClientRequestToken }));
      return { ok: true };
    } catch (error) {
      if (error instanceof TransactionCanceledException) return { ok: false, conflict: 'version', kind: 'application' };
      throw error;
    }
  },
});

const Event = z.object({ body: z.string(), headers: z.looseObject({ 'idempotency-key': z.string() }) });

/** The edge without protections. */
export const plainIntake = (dependencies: Dependencies, claims: Readonly<Record<string, string>>) => {
  const { sub: subject, ...rest } = claims;
  const principal = Principal.parse({ agency: null, ...rest, subject });
  return async (event: unknown): Promise<{ statusCode: number; body: string }> => {
    const { body, headers } = Event.parse(event);
    const outcome = await submitApplication(dependencies, {
      principal,
      body: SubmitApplicationBody.parse(JSON.parse(body)),
      idempotencyKey: headers['idempotency-key'],
      fingerprint: createHash('sha256').update(body).digest('base64url'),
    });
    return { statusCode: outcome.ok ? 201 : 409, body: JSON.stringify(outcome.ok ? outcome.body : outcome) };
  };
};
