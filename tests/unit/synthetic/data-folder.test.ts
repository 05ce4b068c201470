import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { openStateFolder } from '../../../local/state-folder.ts';
import { countyOf, emptyDataFolder, hasState } from '../../../synthetic/data-folder.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hearth-data-'));
  folder = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('a data folder is emptied, and one that is not there is no trouble', () => {
  emptyDataFolder(folder);
  openStateFolder(folder).close();
  expect(hasState(folder)).toBe(true);
  emptyDataFolder(folder);
  expect(existsSync(folder)).toBe(false);
});

test('what a start left that was cut off while it synthesized is emptied too', () => {
  mkdirSync(join(folder, 'assembly-0123456789abcdef.part'), { recursive: true });
  emptyDataFolder(folder);
  expect(existsSync(folder)).toBe(false);
});

test('a folder that holds anything else is left as it is', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'thesis.docx'), '');
  expect(() => emptyDataFolder(folder)).toThrow('is not a data folder of Hearth');
  expect(existsSync(join(folder, 'thesis.docx'))).toBe(true);
});

test('a folder that a platform is running on is left as it is', () => {
  const running = openStateFolder(folder);
  expect(() => emptyDataFolder(folder)).toThrow('is in use by another platform');
  running.close();
  expect(hasState(folder)).toBe(true);
});

test('the county of a folder is the one chosen first', () => {
  mkdirSync(folder);
  expect(countyOf(folder, DivisionCode.parse('140105'))).toBe('140105');
  expect(countyOf(folder, DivisionCode.parse('140922'))).toBe('140105');
});
