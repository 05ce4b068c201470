import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { s3Objects } from '../../../adapters/objects/s3-objects.ts';
import type { ObjectStore } from '../../../domain/store/object-store.ts';
import type { Listening } from '../../../local/http.ts';
import { objectFolder } from '../../../local/objects/object-folder.ts';
import { localSecret, startObjectService } from '../../../local/objects/s3-service.ts';
import { openStateFolder, type StateStore } from '../../../local/state-folder.ts';
import { temporaryFolder } from './running.ts';

const bucket = 'feeds';
const part = Buffer.alloc(5 * 1024 * 1024, 'a');
const rest = Buffer.from('the rest');

const folder = temporaryFolder();
let now = Date.now();
let store: StateStore;
let service: Listening;
let client: S3Client;
let objects: ObjectStore;

beforeAll(async () => {
  store = openStateFolder(folder.path);
  service = await startObjectService([{ name: bucket }], { store, clock: { now: () => now } });
  client = new S3Client({
    region: 'cn-north-1',
    endpoint: service.url,
    credentials: { accessKeyId: 'local', secretAccessKey: localSecret },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  objects = s3Objects(client, bucket);
});
afterAll(async () => {
  client.destroy();
  await service.stop();
  store.close();
  folder.remove();
});

const send = async (address: string, body: Buffer) =>
  (await fetch(address, { method: 'PUT', body: new Uint8Array(body) })).status;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

it('an object is read by ranges, and is not there before it is put', async () => {
  expect(await objects.size('uploads/one')).toBeUndefined();
  await objects.put('uploads/one', Buffer.from('0123456789'));
  expect(await objects.size('uploads/one')).toBe(10);
  expect(text(await objects.read('uploads/one', { first: 2, last: 4 }))).toBe('234');
  expect(text(await objects.read('uploads/one', { first: 8, last: 99 }))).toBe('89');
});

it('a file is sent in parts to signed addresses, goes on after a break, and is joined in the order of its parts', async () => {
  const upload = await objects.beginUpload('uploads/two');
  expect(await objects.arrivedParts(upload)).toEqual([]);
  expect(await send(await objects.partAddress(upload, 2), rest)).toBe(200);
  expect((await objects.arrivedParts(upload))?.map(({ number, bytes }) => [number, bytes])).toEqual([[2, rest.length]]);
  expect(await objects.size('uploads/two')).toBeUndefined();
  expect(await send(await objects.partAddress(upload, 1), part)).toBe(200);
  const parts = (await objects.arrivedParts(upload)) ?? [];
  await objects.completeUpload(upload, parts);
  await objects.completeUpload(upload, parts);
  expect(await objects.size('uploads/two')).toBe(part.length + rest.length);
  expect(text(await objects.read('uploads/two', { first: part.length - 1, last: part.length + 2 }))).toBe('athe');
  expect(await objects.arrivedParts(upload)).toBeUndefined();
});

it('what is written in pieces is one object, an empty one as well', async () => {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield part;
    yield part;
    yield rest;
  };
  await objects.putAll('rejects/three', pieces());
  expect(await objects.size('rejects/three')).toBe(2 * part.length + rest.length);
  const none = async function* (): AsyncGenerator<Uint8Array> {
    // An object without a byte.
  };
  await objects.putAll('rejects/none', none());
  expect(await objects.size('rejects/none')).toBe(0);
});

it('a signed address is served for its object and its time, and for nothing else', async () => {
  await objects.put('rejects/four', Buffer.from('row'));
  const address = await objects.downloadAddress('rejects/four', 'deaths-rejects.csv');
  const answer = await fetch(address);
  expect([answer.status, await answer.text()]).toEqual([200, 'row']);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="deaths-rejects.csv"');
  expect((await fetch(address.replace('rejects/four', 'uploads/one'))).status).toBe(403);
  expect((await fetch(address, { method: 'PUT', body: 'other' })).status).toBe(403);
  expect((await fetch(`${service.url}/${bucket}/rejects/four`)).status).toBe(403);
  now += 960_000;
  expect((await fetch(address)).status).toBe(403);
  now -= 960_000;
});

it('no key leads out of the folder', async () => {
  await objectFolder(join(folder.path, 's3')).put(bucket, '../../../outside', Readable.from(['x']));
  expect(existsSync(join(folder.path, '..', 'outside.object'))).toBe(false);
  expect(readdirSync(join(folder.path, 's3', 'objects'))).toEqual([bucket]);
});
