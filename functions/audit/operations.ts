import { z } from 'zod';
import { defineOperation, type Operation } from '../../adapters/http/operation.ts';
import { AuditEntriesQuery, AuditEntryList, AuditHeadsQuery, AuditHeadsView } from '../../contracts/api/audit.ts';
import { type EntriesDependencies, listEntries } from './list-entries.ts';
import { createHeadsReader, type HeadsDependencies } from './read-heads.ts';

/** The operations on the audit: its heads for everyone, its entries for auditors. */
export const auditOperations = (dependencies: EntriesDependencies & HeadsDependencies): readonly Operation[] => {
  const readHeads = createHeadsReader(dependencies);
  return [
    defineOperation({
      operation: 'readAuditHeads',
      summary: 'Read the published heads of the audit chains of a day',
      query: AuditHeadsQuery,
      response: AuditHeadsView,
      status: 200,
      handle: ({ query: { day } }) => readHeads(day),
    }),
    defineOperation({
      operation: 'listAuditEntries',
      summary: 'List the audit entries of a division and day, the oldest first',
      query: AuditEntriesQuery,
      page: z.string(),
      response: AuditEntryList,
      status: 200,
      handle: ({ principal, query: { division, day, limit }, after }) =>
        listEntries(dependencies, principal, { division, day }, { limit, after }),
    }),
  ];
};
