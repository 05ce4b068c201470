import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { headsFrom, headsInFile } from '../../../cli/audit/published-heads.ts';
import { temporaryFolder } from './synthetic-export.ts';

/** An address at which every request is answered so. */
const answering = async (status: number, body: string): Promise<string> => {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const days = ['2026-03-02'];

test('an instance that does not answer, one that refuses, and an answer of another form are told apart', async () => {
  await expect(headsFrom('http://127.0.0.1:1', days)).rejects.toThrow(
    'Nothing answers at http://127.0.0.1:1/audit/heads',
  );
  await expect(headsFrom(await answering(503, '{}'), days)).rejects.toThrow('answered 503.');
  await expect(headsFrom(await answering(200, '<html>'), days)).rejects.toThrow('is not what GET /audit/heads answers');
});

test('a file that is not there and one of another form are told apart', () => {
  const folder = temporaryFolder();
  expect(() => headsInFile('none.json', folder)).toThrow('There is no file none.json');
  writeFileSync(join(folder, 'other.json'), '{}');
  expect(() => headsInFile('other.json', folder)).toThrow('other.json is not what GET /audit/heads answers');
});
