import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * The files that DynamoDB's export to S3 writes (Developer Guide, "DynamoDB table export output format"), and nothing of our own,
 * so that an export from AWS and one from this machine are read by the same code.
 */
export const exportFiles = {
  started: '_started',
  summary: 'manifest-summary.json',
  list: 'manifest-files.json',
  data: 'data',
  checksums: ['.checksum', '.md5'],
} as const;

/** Both tables are exported under these names when they are exported together. */
export const exportedTables = ['roster', 'audit'] as const;
export type ExportedTable = (typeof exportedTables)[number];

/** What an export says of itself. Only the fields that are relied on are judged; AWS adds to them now and then. */
export const ManifestSummary = z.looseObject({
  version: z.literal('2020-06-30'),
  exportArn: z.string(),
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime(),
  tableArn: z.string().regex(/:table\/[\w.-]+$/u),
  exportTime: z.iso.datetime(),
  manifestFilesS3Key: z.string(),
  itemCount: z.int().min(0),
  outputFormat: z.literal('DYNAMODB_JSON'),
  exportType: z.literal('FULL_EXPORT').optional(),
});
export type ManifestSummary = z.infer<typeof ManifestSummary>;

/** A line of the list of data files. The checksum is of the file as it is stored, compressed. */
export const ManifestFile = z.looseObject({
  itemCount: z.int().min(0),
  md5Checksum: z.base64(),
  etag: z.string(),
  dataFileS3Key: z.string().regex(/\/data\/[\w.-]+\.json\.gz$/u),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

export const tableNameOf = ({ tableArn }: Pick<ManifestSummary, 'tableArn'>): string =>
  tableArn.split('/').at(-1) ?? '';

/** Which of the two tables a table's name means: the stack's logical ids are part of it. */
export const tableNamed = (name: string): ExportedTable | undefined =>
  exportedTables.find((table) => name.toLowerCase().includes(table));

/** The ETag of a file uploaded in one part of a multipart upload: the MD5 of the part's MD5, and the number of parts. */
export const etagOf = (md5: Buffer): string => `${createHash('md5').update(md5).digest('hex')}-1`;
