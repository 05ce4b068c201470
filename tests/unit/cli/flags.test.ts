import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runHearth } from './fake-terminal.ts';

const noInstance = ['--data', tmpdir()];

test.each([
  ['policy', 'list'],
  ['policy', 'explain', 'd'],
  ['export', '--to', 'f'],
  ['keys', 'list'],
  ['keys', 'rotate'],
  ['insights'],
  ['audit', 'verify', '--export', 'f'],
  ['agencies'],
  ['feeds', 'check', 'f', '--dataset', 'deaths'],
  ['feeds', 'upload', 'f', '--dataset', 'deaths'],
  ['seed', '--out', 'f'],
])('a language nobody has words in is a wrong use: %s %s', async (...command) => {
  const { exitCode, err } = await runHearth([...command, '--language', 'fr']);
  expect(err).toContain("argument 'fr' is invalid. Allowed choices are zh, en");
  expect(exitCode).toBe(2);
});

test.each([
  [['policy', 'simulate', 'd', '--list', 'x', ...noInstance], '--list: a whole number, or all'],
  [['policy', 'simulate', 'd', '--list', '-1', ...noInstance], '--list: a whole number, or all'],
  [['seed', '--out', 'f', '--feed-share', '2'], '--feed-share: a share from 0 to 1'],
  [['seed', '--out', 'f', '--workers', '1.5'], '--workers: a whole number from 1 to 64'],
  [['audit', 'verify', '--export', 'f', '--url', 'here'], '--url: '],
])('an option is named as it is typed, with what it takes: %j', async (command, cause) => {
  const { exitCode, err } = await runHearth(command);
  expect(err).toContain(cause);
  expect(exitCode).toBe(2);
});

test.each(['check', 'upload'])('feeds %s names the datasets there are', async (command) => {
  const { exitCode, err } = await runHearth([
    'feeds',
    command,
    'f.csv',
    '--dataset',
    'roster',
    ...(command === 'upload' ? noInstance : []),
  ]);
  expect(err).toContain('No dataset is called roster.');
  expect(err).toMatch(/deaths {2}/u);
  expect(err).not.toContain('field-assessment');
  expect(exitCode).toBe(2);
});
