import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { type Listening, listen, readBody } from '../http.ts';
import type { StateStore } from '../state-folder.ts';
import type { BucketModel } from '../template/platform-model.ts';
import { type ObjectFolder, objectFolder, type StoredBytes } from './object-folder.ts';
import { isPresigned, signatureFault } from './presigned.ts';

class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly status: number;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

const completionLimit = 1024 * 1024;

const escaped = (text: string): string => text.replace(/[<>&'"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
const element = (name: string, ...content: readonly string[]): string => `<${name}>${content.join('')}</${name}>`;
const leaf = (name: string, value: string | number | boolean): string => element(name, escaped(String(value)));

const answerXml = (response: ServerResponse, status: number, xml: string): void => {
  const bytes = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': bytes.length });
  response.end(bytes);
};

/** What is asked for: an object of a bucket, as the path names it. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

const quoted = (etag: string): string => `"${etag}"`;

/** First and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n`; all of it without the header. */
const rangeOf = (header: string | undefined, size: number): { first: number; last: number; isPart: boolean } => {
  const found = /^bytes=(\d*)-(\d*)$/u.exec(header ?? '');
  if (found === null) return { first: 0, last: size - 1, isPart: false };
  const [, from = '', to = ''] = found;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || first > last) throw new Refused(416, 'InvalidRange');
  return { first, last, isPart: true };
};

const found = (folder: ObjectFolder, { bucket, key }: Asked): StoredBytes => {
  const stored = folder.head(bucket, key);
  if (stored === undefined) throw new Refused(404, 'NoSuchKey');
  return stored;
};

const getObject = async (folder: ObjectFolder, asked: Asked): Promise<void> => {
  const { request, response, bucket, key, query } = asked;
  const { bytes, etag } = found(folder, asked);
  const { first, last, isPart } = rangeOf(request.headers.range, bytes);
  const disposition = query.get('response-content-disposition');
  response.writeHead(isPart ? 206 : 200, {
    'content-type': query.get('response-content-type') ?? 'application/octet-stream',
    'content-length': last - first + 1,
    'accept-ranges': 'bytes',
    'etag': quoted(etag),
    ...(isPart ? { 'content-range': `bytes ${first}-${last}/${bytes}` } : {}),
    ...(disposition === null ? {} : { 'content-disposition': disposition }),
  });
  if (bytes === 0 || request.method === 'HEAD') response.end();
  else await pipeline(folder.open(bucket, key, first, last), response);
};

const uploadOf = (folder: ObjectFolder, { bucket, key, query }: Asked): string => {
  const uploadId = query.get('uploadId') ?? '';
  if (!folder.hasUpload(bucket, key, uploadId)) throw new Refused(404, 'NoSuchUpload');
  return uploadId;
};

const put = async (folder: ObjectFolder, asked: Asked): Promise<void> => {
  const { request, response, bucket, key, query } = asked;
  const number = Number(query.get('partNumber') ?? 0);
  const stored = query.has('uploadId')
    ? await folder.putPart(uploadOf(folder, asked), number, request)
    : await folder.put(bucket, key, request);
  response.writeHead(200, { 'etag': quoted(stored.etag), 'content-length': 0 });
  response.end();
};

const begin = (folder: ObjectFolder, { response, bucket, key }: Asked): void =>
  answerXml(
    response,
    200,
    element(
      'InitiateMultipartUploadResult',
      leaf('Bucket', bucket),
      leaf('Key', key),
      leaf('UploadId', folder.beginUpload(bucket, key)),
    ),
  );

const listParts = (folder: ObjectFolder, asked: Asked): void => {
  const parts = folder
    .parts(uploadOf(folder, asked))
    .map(({ number, bytes, etag }) =>
      element('Part', leaf('PartNumber', number), leaf('ETag', quoted(etag)), leaf('Size', bytes)),
    );
  answerXml(asked.response, 200, element('ListPartsResult', leaf('IsTruncated', false), ...parts));
};

const complete = async (folder: ObjectFolder, asked: Asked): Promise<void> => {
  const { request, response, bucket, key } = asked;
  const uploadId = uploadOf(folder, asked);
  const body = (await readBody(request, completionLimit)).toString('utf8');
  const numbers = [...body.matchAll(/<PartNumber>(\d+)<\/PartNumber>/gu)].map(([, digits]) => Number(digits));
  const there = new Set(folder.parts(uploadId).map(({ number }) => number));
  if (numbers.length === 0 || numbers.some((number) => !there.has(number))) throw new Refused(400, 'InvalidPart');
  const { etag } = await folder.completeUpload(bucket, key, uploadId, numbers);
  answerXml(
    response,
    200,
    element('CompleteMultipartUploadResult', leaf('Bucket', bucket), leaf('Key', key), leaf('ETag', quoted(etag))),
  );
};

const abort = (folder: ObjectFolder, asked: Asked): void => {
  folder.abortUpload(uploadOf(folder, asked));
  asked.response.writeHead(204);
  asked.response.end();
};

const serve = async (folder: ObjectFolder, asked: Asked): Promise<void> => {
  const { request, query } = asked;
  switch (`${request.method ?? ''} ${query.has('uploads') ? 'uploads' : query.has('uploadId') ? 'upload' : 'object'}`) {
    case 'GET object':
    case 'HEAD object':
      return getObject(folder, asked);
    case 'PUT object':
    case 'PUT upload':
      return put(folder, asked);
    case 'POST uploads':
      return begin(folder, asked);
    case 'GET upload':
      return listParts(folder, asked);
    case 'POST upload':
      return complete(folder, asked);
    case 'DELETE upload':
      return abort(folder, asked);
    default:
      throw new Refused(501, 'NotImplemented');
  }
};

/** Secret with which functions sign what they hand out; the local platform gives it to them. */
export const localSecret = 'local';

/**
 * As much of S3 as the platform's functions and whoever holds an address signed by them use, over the template's buckets: objects with byte
 * ranges, and uploads in parts. A signed address is served for its time, and for what it was signed for.
 */
export const startObjectService = (
  buckets: readonly BucketModel[],
  { store, clock }: { readonly store: StateStore; readonly clock: Pick<Clock, 'now'> },
): Promise<Listening> => {
  const folder = objectFolder(store.path('s3'));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, bucket = '', ...rest] = url.pathname.split('/');
    const signed = { method: request.method ?? '', url, headers: request.headers };
    const fault = isPresigned(signed) ? signatureFault(signed, localSecret, clock.now()) : undefined;
    if (fault !== undefined) throw new Refused(403, fault);
    if (!isPresigned(signed) && request.headers.authorization === undefined) throw new Refused(403, 'AccessDenied');
    if (!buckets.some(({ name }) => name === bucket)) throw new Refused(404, 'NoSuchBucket');
    const key = rest.map((segment) => decodeURIComponent(segment)).join('/');
    await serve(folder, { request, response, bucket, key, query: url.searchParams });
  };
  const refuse = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
    request.resume();
    if (response.headersSent) return void response.destroy();
    if (!(error instanceof Refused)) store.note(`S3: ${error instanceof Error ? (error.stack ?? error.message) : ''}`);
    const { status, code } = error instanceof Refused ? error : { status: 500, code: 'InternalError' };
    answerXml(response, status, element('Error', leaf('Code', code), leaf('Message', code)));
  };
  return listen(
    (request, response) => void answer(request, response).catch((error: unknown) => refuse(request, response, error)),
    0,
    'objects',
    '--port',
  );
};
