import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { duplicatesIn, KeyLedger } from '../../../adapters/feeds/key-ledger.ts';
import { largestFeed } from '../../../domain/feeds/feed.ts';
import { fileReasons } from '../../../domain/feeds/reasons.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-ledger-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As many keys as memory does not hold, each twice, so that every second row is a duplicate. */
const filled = (ledger: KeyLedger): KeyLedger => {
  for (let row = 1; row <= 10_000; row += 1) ledger.add(7, Math.ceil(row / 2), row);
  return ledger;
};
const everySecond = Array.from({ length: 5_000 }, (_, index) => (index + 1) * 2);

test('leaves nothing in its folder for whoever is cut off: the room of a warm function would shrink with every such call', () => {
  const ledger = filled(new KeyLedger(folder));
  expect(readdirSync(folder)).toEqual([]);
  expect(duplicatesIn([ledger])).toEqual([everySecond]);
  ledger.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('stays where another thread is to read it, until that one closes it', () => {
  const ledger = filled(new KeyLedger(folder, { forAnother: true }));
  const taken = KeyLedger.takenOver(structuredClone(ledger.handOver()));
  expect(duplicatesIn([taken])).toEqual([everySecond]);
  taken.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('the words for a file that is too large say how large one may be', () => {
  for (const text of Object.values(fileReasons['unpacked-too-large'].cause))
    expect(text).toContain(`${largestFeed / 1024 ** 3} GiB`);
});
