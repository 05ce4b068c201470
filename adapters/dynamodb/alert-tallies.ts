import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Alert, AlertVerdict } from '../../domain/alerts/alert.ts';
import type { AlertReads } from '../../domain/alerts/counted-alerts.ts';
import type { AlertId } from '../../domain/ids.ts';
import type { Months } from '../../domain/insights/counted.ts';
import type { DivisionCode } from '../../domain/people/divisions.ts';
import type { Change, Page } from '../../domain/store/roster-store.ts';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { alertKey, alertPartition, alertStretch, disposedAlertsKey, disposedAlertsPartition } from './alert-keys.ts';
import type { ConditionalItem } from './conditional-item.ts';
import { getItem, readWorklist } from './reading.ts';
import type { rowReader } from './row-reader.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';
import type { Tables } from './tables.ts';

const group = 'circumstances';
const sealed = `sealed.${group}`;
const Named = z.strictObject({ of: z.enum(['rule', 'dataset']), name: z.string() });
type Named = z.infer<typeof Named>;

const counterOf = { 'confirmed': 'confirmed', 'false-alarm': 'falseAlarms' } as const satisfies Readonly<
  Record<AlertVerdict, string>
>;

/**
 * Counts an alert in the transaction that disposes of it, under its rule and under each dataset it rested on, so that no count can miss or
 * repeat one. Counts of a small county and a rare rule are nearly about a person, so the key has a fingerprint and the name lies in an envelope.
 */
export const disposalItems = (
  { roster: TableName }: Tables,
  keyring: Keyring,
  newest: Generation,
  { disposes }: Change,
): ConditionalItem[] => {
  if (disposes === undefined) return [];
  const { county, month, rule, datasets, verdict } = disposes;
  const counted: readonly Named[] = [
    { of: 'rule', name: rule },
    ...datasets.map((name) => ({ of: 'dataset' as const, name })),
  ];
  return counted.map((named) => {
    const mark = fingerprint(keyring('fingerprint'), `alert|${county}|${named.of}|${named.name}`);
    const key = disposedAlertsKey(county, { month, of: named.of, mark });
    const update = {
      TableName,
      Key: key,
      UpdateExpression: 'SET #division = :county, #sealed = if_not_exists(#sealed, :named) ADD #count :one',
      ExpressionAttributeNames: { '#division': 'division', '#sealed': sealed, '#count': counterOf[verdict] },
      ExpressionAttributeValues: {
        ':county': county,
        ':named': sealUnderGeneration(newest, contextOf(key, group), group, named),
        ':one': 1,
      },
    };
    // It has no condition, so that nothing of a command is ever refused for it.
    return { item: { Update: update }, conflict: () => ({ conflict: 'version', kind: 'alert' }) };
  });
};

const Row = z.object({
  pk: z.string(),
  sk: z.string(),
  [sealed]: z.instanceof(Uint8Array),
  confirmed: z.int().default(0),
  falseAlarms: z.int().default(0),
});

const openCount = async (dataKeys: Pick<DataKeys, 'generation'>, item: unknown) => {
  const { pk, sk, confirmed, falseAlarms, [sealed]: envelope } = Row.parse(item);
  const named = Named.parse(await openUnderGeneration(dataKeys, contextOf({ pk, sk }, group), group, envelope));
  return { ...named, confirmed, falseAlarms };
};

/** What is read about alerts: one, those of a county, and how many of each rule were right. */
export const alertReads = (tables: Tables, dataKeys: DataKeys, rows: ReturnType<typeof rowReader>): AlertReads => ({
  alert: async (id: AlertId): Promise<Alert | undefined> => {
    const item = await getItem(tables, alertKey(id));
    return item === undefined ? undefined : rows.one('alert', item);
  },
  alertsOf: async (county: DivisionCode, state, limit, after): Promise<Page<Alert>> => {
    const from = after === null ? alertStretch(state) : `${after} `;
    const range = { partition: alertPartition(county), from, to: `${alertStretch(state)}~`, limit };
    const { items, next } = await readWorklist(tables, range);
    return { items: await rows.readable('alert', items), next };
  },
  disposedAlerts: async (county, { from, to }: Months, limit, after) => {
    const { Items = [], LastEvaluatedKey } = await tables.client.send(
      new QueryCommand({
        TableName: tables.roster,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': disposedAlertsPartition(county),
          ':from': after === null ? from : `${after} `,
          ':to': `${to}#~`,
        },
        Limit: limit,
      }),
    );
    return {
      items: await Promise.all(Items.map((item) => openCount(dataKeys, item))),
      next: LastEvaluatedKey === undefined ? null : String(LastEvaluatedKey['sk']),
    };
  },
});
