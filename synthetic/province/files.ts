import type { exportedTables } from '../../cli/export/export-form.ts';
import { exportKeyOf, type TableStamp } from '../../cli/export/write-export.ts';
import type { ProvinceOptions } from './options.ts';

/** What lies in the folder of a made-up province beside `roster/` and `audit/`. */
export const provinceFiles = {
  /** What was asked for, by which a folder that was begun is gone on with. */
  options: 'seed.json',
  keys: 'keys.json',
  truth: 'truth',
  planted: 'planted.ndjson',
  /** Departments' files, a folder for each county. */
  feeds: 'feeds',
  /** What is known of the counties that are done, by which a folder is gone on with. */
  progress: 'progress',
} as const;

type Table = (typeof exportedTables)[number];

/** The state of the tables is that of the morning of the province's day. */
export const provinceMoment = ({ date }: Pick<ProvinceOptions, 'date'>): string => `${date}T01:00:00.000Z`;

export const stampOf = (options: Pick<ProvinceOptions, 'date'>, table: Table): TableStamp => {
  const exportTime = provinceMoment(options);
  return {
    tableArn: `arn:aws:dynamodb:us-east-1:000000000000:table/made-up-${table}`,
    tableId: '00000000-0000-4000-8000-000000000000',
    exportTime,
    startTime: exportTime,
  };
};

export const rosterKeyOf = (options: Pick<ProvinceOptions, 'date'>): string => exportKeyOf(stampOf(options, 'roster'));
