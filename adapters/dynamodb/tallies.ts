import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Month } from '../../domain/assistance/period.ts';
import { ItemCode } from '../../domain/catalogue/catalogue.ts';
import type { Months, ReferralStanding } from '../../domain/insights/counted.ts';
import { Fen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { Referral } from '../../domain/referrals/referral.ts';
import type { Change, RosterStore } from '../../domain/store/roster-store.ts';
import type { DataKeys, Generation } from '../crypto/data-keys.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Vault } from '../crypto/vault.ts';
import type { ConditionalItem } from './conditional-item.ts';
import { closedKey, closedPartition, preventedKey, preventedPartition, preventedWorklistKey } from './keys.ts';
import { type Item, readWorklist } from './reading.ts';
import { inboxRange } from './referral-lists.ts';
import type { rowReader } from './row-reader.ts';
import { contextOf, openUnderGeneration, sealUnderGeneration } from './sealing.ts';
import type { Tables } from './tables.ts';

const group = 'circumstances';
const sealed = `sealed.${group}`;

/**
 * Counts a referral in the transaction that closes it, so that the count can neither miss nor repeat one. Counts of a small county and a rare
 * item are nearly about a person, so the key has the item's fingerprint and its code lies in an envelope, as in the referral.
 */
export const closingItems = (
  { roster: TableName }: Tables,
  keyring: Keyring,
  newest: Generation,
  { closes }: Change,
): ConditionalItem[] => {
  if (closes === undefined) return [];
  const { county, item } = closes;
  const key = closedKey(closes, fingerprint(keyring('fingerprint'), `closed|${county}|${item}`));
  const update = {
    TableName,
    Key: key,
    UpdateExpression: 'SET #division = :county, #sealed = if_not_exists(#sealed, :item) ADD #closed :one',
    ExpressionAttributeNames: { '#division': 'division', '#sealed': sealed, '#closed': 'closed' },
    ExpressionAttributeValues: {
      ':county': county,
      ':item': sealUnderGeneration(newest, contextOf(key, group), group, { item }),
      ':one': 1,
    },
  };
  // It has no condition, so that nothing of a command is ever refused for it.
  return [{ item: { Update: update }, conflict: () => ({ conflict: 'version', kind: 'referral' }) }];
};

const Row = z.object({ pk: z.string(), sk: z.string(), division: DivisionCode, [sealed]: z.instanceof(Uint8Array) });
const Closed = z.object({ closed: z.int().min(1) });
const Place = z.tuple([Month, z.string(), z.string()]);
const ItemOnly = z.strictObject({ item: ItemCode });
const Claim = z.strictObject({ item: ItemCode, amount: Fen.nullable() });

/** An item with its place in the list (month, department, mark) and what was sealed in it. */
const openRow = async <Held>(
  dataKeys: Pick<DataKeys, 'generation'>,
  item: Item,
  place: unknown,
  schema: z.ZodType<Held>,
) => {
  const { pk, sk, division, [sealed]: envelope } = Row.parse(item);
  const [month, department] = Place.parse(String(place).split('#'));
  const held = schema.parse(await openUnderGeneration(dataKeys, contextOf({ pk, sk }, group), group, envelope));
  return { county: division, month, department, ...held };
};

/** A stretch of months of a list, from behind a position on. `~` sorts after every department. */
const stretch = ({ from, to }: Months, after: string | null) => ({
  from: after === null ? from : `${after} `,
  to: `${to}#~`,
});

const queryClosed = async (tables: Tables, county: DivisionCode, range: { from: string; to: string }, limit: number) =>
  tables.client.send(
    new QueryCommand({
      TableName: tables.roster,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': closedPartition(county), ':from': range.from, ':to': range.to },
      Limit: limit,
    }),
  );

/** Of an open referral what is in plain text, where the rest cannot be read any more. */
const Plain = z.object(
  Referral.pick({ department: true, division: true, state: true, due: true, escalatedAt: true }).shape,
);

type TallyReads = Pick<
  RosterStore,
  'referralStandings' | 'closedReferrals' | 'preventedDuplicates' | 'duplicatePrevented'
>;

/** What is counted for officers: where open referrals stand, how many were closed, and what the assistance chain refused. */
export const tallyReads = (tables: Tables, vault: Vault, rows: ReturnType<typeof rowReader>): TallyReads => ({
  referralStandings: async (inbox, limit, after) => {
    const asked = { ...inbox, within: inbox.county, state: null };
    const { items, next } = await readWorklist(tables, inboxRange(asked, after === null ? null : `${after} `, limit));
    const read = await rows.asFarAsReadable('referral', items);
    return {
      items: items.map((item, index): ReferralStanding => read[index] ?? { ...Plain.parse(item), item: null }),
      next,
    };
  },
  closedReferrals: async (county, months, limit, after) => {
    const { Items = [], LastEvaluatedKey } = await queryClosed(tables, county, stretch(months, after), limit);
    const items = Items.map(async (item) => ({
      ...(await openRow(vault.dataKeys, item, item['sk'], ItemOnly)),
      ...Closed.parse(item),
    }));
    return {
      items: await Promise.all(items),
      next: LastEvaluatedKey === undefined ? null : String(LastEvaluatedKey['sk']),
    };
  },
  preventedDuplicates: async (county, months, limit, after) => {
    const range = { partition: preventedPartition(county), ...stretch(months, after), limit };
    const { items, next } = await readWorklist(tables, range);
    return { items: await Promise.all(items.map((item) => openRow(vault.dataKeys, item, item['wsk'], Claim))), next };
  },
  duplicatePrevented: async ({ county, department, item, month, amount }, claimed) => {
    const mark = fingerprint((await vault.keyring())('fingerprint'), `prevented|${claimed}`);
    const key = preventedKey(mark);
    const claim = sealUnderGeneration(await vault.dataKeys.newest(), contextOf(key, group), group, { item, amount });
    const row = {
      ...key,
      ...preventedWorklistKey({ county, department, item, month }, mark),
      division: county,
      [sealed]: claim,
    };
    try {
      await tables.client.send(
        new PutCommand({ TableName: tables.roster, Item: row, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
