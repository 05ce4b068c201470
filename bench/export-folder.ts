import { join } from 'node:path';
import { openTableWriter } from '../cli/export/write-export.ts';
import { householdCase } from './export-case.ts';
import { courseOf, type Planted, spoiltCase } from './export-plant.ts';
import { exportedAt } from './export-rows.ts';

const tableArn = (table: string): string => `arn:aws:dynamodb:us-east-1:123456789012:table/Synthetic-Tables${table}`;

/** Writes an export of so many households, each with its case; the last one spoilt where that is asked for. Answers how many items it has. */
export const writeSyntheticExport = async (
  folder: string,
  households: number,
  planted?: Planted,
): Promise<{ roster: number; audit: number }> => {
  const stamp = { exportTime: exportedAt, startTime: exportedAt, tableId: '00000000-0000-4000-8000-000000000000' };
  const roster = openTableWriter(join(folder, 'roster'), { ...stamp, tableArn: tableArn('Roster') });
  const audit = openTableWriter(join(folder, 'audit'), { ...stamp, tableArn: tableArn('Audit') });
  for (let index = 0; index < households; index += 1) {
    const isSpoilt = planted !== undefined && index === households - 1;
    const rows = isSpoilt ? spoiltCase(index, planted) : householdCase(index, courseOf(index));
    for (const item of rows.roster) await roster.add(JSON.stringify(item));
    for (const item of rows.audit) await audit.add(JSON.stringify(item));
  }
  const [ofRoster, ofAudit] = [await roster.end(exportedAt), await audit.end(exportedAt)];
  return { roster: ofRoster.itemCount, audit: ofAudit.itemCount };
};
