import type { Alert } from '../../domain/alerts/alert.ts';
import type { AlertId, HouseholdId } from '../../domain/ids.ts';
import type {
  HouseholdOpening,
  HouseholdRecords,
  OpenHousehold,
  WantedRecords,
} from '../../domain/store/open-household.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import type { HouseholdKeys } from '../crypto/household-keys.ts';
import { alertKey } from './alert-keys.ts';
import { applicationKey, determinationKey, householdKey } from './keys.ts';
import { getItem, getItems, type Item } from './reading.ts';
import type { rowReader } from './row-reader.ts';
import { type Aggregate, type AggregateKind, householdNeeded } from './rows.ts';
import type { Tables } from './tables.ts';

/** The keys of the households that are open, for as long as whoever opened one holds it. */
const keysOfOpened = new WeakMap<OpenHousehold, HouseholdKeys>();

/** The keys with which a household was opened, as `keysOfChange` takes them. */
export const openedKeys = (opened: OpenHousehold | undefined): HouseholdKeys | undefined =>
  opened === undefined ? undefined : keysOfOpened.get(opened);

const readRecords = async (
  tables: Tables,
  rows: ReturnType<typeof rowReader>,
  keys: HouseholdKeys,
  { determinationId, applicationId, alertIds }: WantedRecords,
): Promise<HouseholdRecords> => {
  const places = [
    ...(determinationId === null ? [] : [determinationKey(determinationId)]),
    ...(applicationId === null ? [] : [applicationKey(applicationId)]),
    ...alertIds.map(alertKey),
  ];
  const found = places.length === 0 ? [] : await getItems(tables, places);
  const items = new Map(found.flatMap((item) => (item === undefined ? [] : [[item['pk'], item] as const])));
  const read = async <Kind extends AggregateKind>(
    kind: Kind,
    item: Item | undefined,
  ): Promise<Aggregate<Kind> | 'erased' | undefined> => {
    if (item === undefined) return undefined;
    try {
      return await rows.one(kind, item, householdNeeded(kind, item) === keys.householdId ? keys : undefined);
    } catch (error) {
      if (error instanceof RecordErased) return 'erased';
      throw error;
    }
  };
  const alerts = new Map<AlertId, Alert | 'erased' | undefined>();
  for (const id of alertIds) alerts.set(id, await read('alert', items.get(alertKey(id).pk)));
  return {
    determination:
      determinationId === null
        ? undefined
        : await read('determination', items.get(determinationKey(determinationId).pk)),
    application:
      applicationId === null ? undefined : await read('application', items.get(applicationKey(applicationId).pk)),
    alerts,
  };
};

/** Opens households: one request for the household, and one for all that is wanted of it. */
export const householdOpening = (tables: Tables, rows: ReturnType<typeof rowReader>): HouseholdOpening => ({
  openedHousehold: async (id: HouseholdId) => {
    const item = await getItem(tables, householdKey(id));
    if (item === undefined) return undefined;
    const keys = await rows.keysOf(id, item);
    const opened: OpenHousehold = {
      roster: await rows.one('household', item, keys),
      records: (wanted) => readRecords(tables, rows, keys, wanted),
    };
    keysOfOpened.set(opened, keys);
    return opened;
  },
});
