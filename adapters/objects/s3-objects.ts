import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  NoSuchUpload,
  NotFound,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { readEnvironment } from '../../contracts/environment.ts';
import { type ArrivedPart, addressSeconds, type ObjectStore, type Upload } from '../../domain/store/object-store.ts';
import { clientSettings } from '../aws-clients.ts';

/** The least that S3 takes as a part which is not the last. */
const pieceBytes = 8 * 1024 * 1024;

/**
 * Checksums where S3 wants them and nowhere else: an address would otherwise be signed with that of an empty body. A range of a file takes
 * longer than what other services answer with.
 */
const clientOfObjects = (): S3Client =>
  new S3Client({
    ...clientSettings,
    requestHandler: { ...clientSettings.requestHandler, requestTimeout: 60_000 },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

/** The object store on the bucket named in a function's environment. */
export const runtimeObjects = (variables: Readonly<Record<string, string | undefined>>): ObjectStore =>
  s3Objects(clientOfObjects(), readEnvironment(variables, ['FEEDS_BUCKET']).FEEDS_BUCKET);

const unless = async <Answer>(
  isKnown: (error: unknown) => boolean,
  call: Promise<Answer>,
): Promise<Answer | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (!isKnown(error)) throw error;
    return undefined;
  }
};

const sentPart = async (
  client: S3Client,
  Bucket: string,
  { key, uploadId }: Upload,
  { number, content }: { readonly number: number; readonly content: Uint8Array },
): Promise<ArrivedPart> => {
  const target = { Bucket, Key: key, UploadId: uploadId, PartNumber: number };
  const { ETag } = await client.send(new UploadPartCommand({ ...target, Body: content }));
  return { number, bytes: content.length, tag: ETag ?? '' };
};

/** Gathers pieces of any size into parts of the least size that is taken; the last may be smaller. */
const inParts = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < pieceBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
};

/** The port `ObjectStore` on one bucket of S3. */
export const s3Objects = (client: S3Client, Bucket: string): ObjectStore => {
  const beginUpload = async (key: string): Promise<Upload> => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: key }));
    if (UploadId === undefined) throw new Error('S3 began an upload without an id');
    return { key, uploadId: UploadId };
  };
  const size = async (key: string): Promise<number | undefined> => {
    const head = await unless(
      (error) => error instanceof NotFound,
      client.send(new HeadObjectCommand({ Bucket, Key: key })),
    );
    return head === undefined ? undefined : (head.ContentLength ?? 0);
  };
  const completeUpload = async ({ key, uploadId }: Upload, parts: readonly ArrivedPart[]): Promise<void> => {
    const Parts = parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag }));
    const done = await unless(
      (error) => error instanceof NoSuchUpload,
      client.send(
        new CompleteMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts } }),
      ),
    );
    if (done === undefined && (await size(key)) === undefined)
      throw new Error('an upload is gone, and so is its object');
  };
  const put = async (key: string, content: Uint8Array): Promise<void> => {
    await client.send(new PutObjectCommand({ Bucket, Key: key, Body: content }));
  };

  return {
    beginUpload,
    size,
    completeUpload,
    put,
    arrivedParts: async ({ key, uploadId }) => {
      const parts: ArrivedPart[] = [];
      let after: string | undefined;
      do {
        const asked = { Bucket, Key: key, UploadId: uploadId, PartNumberMarker: after };
        const answer = await unless((error) => error instanceof NoSuchUpload, client.send(new ListPartsCommand(asked)));
        if (answer === undefined) return undefined;
        for (const { PartNumber = 0, Size = 0, ETag = '' } of answer.Parts ?? [])
          parts.push({ number: PartNumber, bytes: Size, tag: ETag });
        after = answer.IsTruncated === true ? answer.NextPartNumberMarker : undefined;
      } while (after !== undefined);
      return parts;
    },
    partAddress: ({ key, uploadId }, part) =>
      getSignedUrl(client, new UploadPartCommand({ Bucket, Key: key, UploadId: uploadId, PartNumber: part }), {
        expiresIn: addressSeconds,
      }),
    downloadAddress: (key, fileName) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          Bucket,
          Key: key,
          ResponseContentDisposition: `attachment; filename="${fileName}"`,
        }),
        { expiresIn: addressSeconds },
      ),
    read: async (key, { first, last }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key, Range: `bytes=${first}-${last}` }));
      if (Body === undefined) throw new Error('S3 answered a range without its bytes');
      return Body.transformToByteArray();
    },
    putAll: async (key, pieces) => {
      const upload = await beginUpload(key);
      const sent: ArrivedPart[] = [];
      for await (const content of inParts(pieces))
        sent.push(await sentPart(client, Bucket, upload, { number: sent.length + 1, content }));
      if (sent.length === 0)
        sent.push(await sentPart(client, Bucket, upload, { number: 1, content: new Uint8Array() }));
      await completeUpload(upload, sent);
    },
  };
};
