import { dynamodbDailyScanStore } from '../../../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import { dateInChina, type LocalDate } from '../../../domain/dates.ts';
import type { World } from '../world.ts';

/** The day of a scan that has begun; begun once, however often it is asked for. */
export const begunScan = async ({ roster }: Pick<World, 'roster'>): Promise<LocalDate> => {
  const scans = dynamodbDailyScanStore(roster.tables, roster.vault);
  const day = dateInChina(roster.at());
  await scans.begin({ day, segments: 1, beganAt: roster.at(), deliveriesOf: null });
  return day;
};
