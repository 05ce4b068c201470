import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { AccessEntry } from '../../domain/disclosure/access-entry.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Page } from '../../domain/store/roster-store.ts';
import { personAuditPartition } from './keys.ts';
import type { Tables } from './tables.ts';

const LastKey = z.object({ sk: z.string() });

/** A page of a person's own record, the newest entry first, as the Audit table has it now. `after` is a sort key. */
export const readAccessRecord = async (
  tables: Tables,
  personId: PersonId,
  limit: number,
  after: string | null,
): Promise<Page<AccessEntry>> => {
  const answer = await tables.client.send(
    new QueryCommand({
      TableName: tables.audit,
      KeyConditionExpression: after === null ? 'pk = :pk' : 'pk = :pk AND sk < :after',
      ExpressionAttributeValues: {
        ':pk': personAuditPartition(personId),
        ...(after === null ? {} : { ':after': after }),
      },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const items = (answer.Items ?? []).map((item) => AccessEntry.parse(item));
  return { items, next: answer.LastEvaluatedKey === undefined ? null : LastKey.parse(answer.LastEvaluatedKey).sk };
};
