import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../adapters/dynamodb/tables.ts';
import type { Call } from './call.ts';

/** By this the entries of the other writer are known, and left out where a run is compared with an undisturbed one. */
export const rivalSubject = 'another-writer';

/** Something that is recorded of such a record and moves it nowhere. */
const eventFor = (kind: string): string => (kind.startsWith('POLICY') ? 'PapersSupplied' : 'PolicyDrafted');

/**
 * Another writer, who writes every record that a transaction is about to write: the next version, with its audit entry, as any
 * command would. What the transaction rests on is then no longer so.
 */
export const rivalOf =
  ({ client, roster, audit }: Tables, now: () => string) =>
  async ({ body }: Call): Promise<void> => {
    let number = 0;
    for (const { Put } of body.TransactItems ?? []) {
      const key = Put?.Item;
      const isVersioned = Put?.ExpressionAttributeValues?.[':version'] !== undefined;
      if (key === undefined || !isVersioned || Put?.TableName !== roster) continue;
      const { Item } = await client.send(
        new GetCommand({ TableName: roster, Key: { pk: key.pk.S, sk: key.sk.S }, ConsistentRead: true }),
      );
      if (Item === undefined) continue;
      number += 1;
      const version = Number(Item['version']) + 1;
      const [kind = '', id = ''] = key.pk.S.split('#');
      const eventId = `evt_${String(number).padStart(32, 'f')}`;
      const division = String(Item['division'] ?? '14').slice(0, 6);
      const entry = {
        ...{ pk: `${division}#${now().slice(0, 10)}`, sk: `${now()}#${eventId}-${version}` },
        ...{ eventId, type: eventFor(kind), role: 'workflow', subject: rivalSubject, reviewId: null },
        records: [`${kind.toLowerCase()} ${id} ${version}`],
      };
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: roster, Item: { ...Item, version } } },
            { Put: { TableName: audit, Item: entry } },
          ],
        }),
      );
    }
  };
