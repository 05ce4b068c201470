import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { folderFailure } from '../../../cli/export/folder-failure.ts';
import { runHearth } from './fake-terminal.ts';
import { temporaryFolder } from './synthetic-export.ts';

const table = (name: string) => ({ name, arn: name, id: name });
const head = {
  exportTime: '2026-03-02T01:00:00.000Z',
  consistency: 'snapshot',
  tables: [table('Roster'), table('Audit')],
};
const end = { counts: { Roster: 0, Audit: 0 }, consistency: 'snapshot', endTime: '2026-03-02T01:00:01.000Z' };
const whole = [{ head }, { end }].map((line) => `${JSON.stringify(line)}\n`).join('');

/** A data folder of an instance that streams an export of two empty tables, or breaks the connection off behind the head. */
const instance = async (isBroken = false): Promise<string> => {
  const server = createServer((_request, response) => {
    if (!isBroken) return response.end(whole);
    response.write(`${JSON.stringify({ head })}\n`);
    return setTimeout(() => response.destroy(), 50);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const data = temporaryFolder();
  const running = { pid: process.pid, apiUrl: url, tokenUrl: url, controlUrl: url, clients: [] };
  writeFileSync(join(data, 'platform.json'), JSON.stringify(running));
  return data;
};

const file = (): string => {
  const path = join(temporaryFolder(), 'README.md');
  writeFileSync(path, 'no folder');
  return path;
};

test.each([
  ['seed', '--households', '10', '--counties', '140922', '--out'],
  ['reconcile', '--export'],
  ['restore-drill', '--export'],
])('a file where a folder is meant is said to be none: %s', async (...command) => {
  const path = file();
  const { exitCode, err } = await runHearth([...command, path]);
  expect(err).toContain(`${path} is no folder.`);
  expect(err).toContain('Name another folder');
  expect(exitCode).toBe(1);
  const chinese = await runHearth([...command, path, '--language', 'zh']);
  expect(chinese.err).toContain(`${path} 不是目录。`);
});

test('a folder that cannot be made is said not to be writable, with what the system says', () => {
  const refused = Object.assign(new Error('refused'), { code: 'EPERM', syscall: 'mkdir' });
  expect(folderFailure(refused, 'there')?.message).toContain('there cannot be read or written to (EPERM).');
  const broken = Object.assign(new Error('broken'), { code: 'ECONNRESET', syscall: 'read' });
  expect(folderFailure(broken, 'there')).toBeUndefined();
});

test.each([
  ['a file', (path: string) => path],
  ['a folder below a file', (path: string) => join(path, 'below')],
])('export to %s blames the folder, and not the instance', async (_what, of) => {
  const to = of(file());
  const { exitCode, err } = await runHearth(['export', '--data', await instance(), '--to', to]);
  expect(err).toContain(`${to} is no folder.`);
  expect(err).not.toContain('stopped answering');
  expect(exitCode).toBe(1);
});

test('a connection that breaks is the fault of the instance', async () => {
  const { err } = await runHearth(['export', '--data', await instance(true), '--to', join(temporaryFolder(), 'new')]);
  expect(err).toContain('The instance stopped answering');
});

test('export leaves a folder alone that holds anything else', async () => {
  const [data, to] = [await instance(), temporaryFolder()];
  writeFileSync(join(to, 'operations.md'), 'mine');
  const { exitCode, err } = await runHearth(['export', '--data', data, '--to', to]);
  expect(err).toContain('is not written over');
  expect(exitCode).toBe(1);
  expect(readdirSync(to)).toEqual(['operations.md']);
});

test('export begins neither table where the other is there already', async () => {
  const [data, to] = [await instance(), temporaryFolder()];
  mkdirSync(join(to, 'audit'));
  writeFileSync(join(to, 'audit', 'manifest-summary.json'), '{}');
  const { err } = await runHearth(['export', '--data', data, '--to', to]);
  expect(err).toContain('is not written over');
  expect(existsSync(join(to, 'roster'))).toBe(false);
});

test('export writes both tables into an empty folder', async () => {
  const to = temporaryFolder();
  const { exitCode, err } = await runHearth(['export', '--data', await instance(), '--to', to]);
  expect(exitCode, err).toBe(0);
  expect(readdirSync(to).toSorted()).toEqual(['audit', 'roster']);
});
