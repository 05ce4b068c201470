import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkRoom, type RosterFile, writeRoster } from '../../../bench/roster-file.ts';
import { firstFrames, framesTo } from '../../../bench/roster-frames.ts';
import { householdIn } from '../../../bench/roster-household.ts';
import { eachLine, parted } from '../../../bench/roster-lines.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { Household } from '../../../domain/households/household.ts';

const date = LocalDate.parse('2026-03-02');
const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-test-'));
const pathOf = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const linesOf = (path: string, bytes: number, parts: number): string[] => {
  const lines: string[] = [];
  for (const range of parted(path, bytes, parts)) {
    eachLine(path, range, (buffer, start, end) => lines.push(buffer.toString('utf8', start, end)));
  }
  return lines;
};

describe('lines of a file', () => {
  const written = Array.from({ length: 2_000 }, (_, index) => `${index} ${'行'.repeat(index % 2_003)}`);
  const text = `${written.join('\n')}\n`;
  const path = pathOf('lines');
  beforeAll(() => writeFileSync(path, text));

  test.each([1, 2, 3, 7, 50])('come out once each and in order when the file is cut into %i parts', (parts) => {
    expect(Buffer.byteLength(text)).toBeGreaterThan(4 * 1_024 * 1_024);
    expect(linesOf(path, Buffer.byteLength(text), parts)).toEqual(written);
  });

  test('are refused where one is longer than what is held at a time, or the file is shorter than was said', () => {
    const long = pathOf('long');
    writeFileSync(long, `${'x'.repeat(5 * 1_024 * 1_024)}\n`);
    expect(() => linesOf(long, 5 * 1_024 * 1_024 + 1, 1)).toThrow('longer than');
    expect(() => linesOf(path, Buffer.byteLength(text) + 10, 1)).toThrow('ends before');
  });
});

describe('a roster file', () => {
  const count = 1_000;
  let file: RosterFile;
  let lines: string[];
  beforeAll(() => {
    file = writeRoster(folder, pathOf('roster'), count, date);
    lines = linesOf(file.path, file.bytes, 2);
  });

  test('is the same every time', () => {
    const again = writeRoster(folder, pathOf('again'), count, date);
    expect(readFileSync(again.path).equals(readFileSync(file.path))).toBe(true);
  });

  test('holds households in the form of the roster, no two of them alike', () => {
    expect(lines).toHaveLength(count);
    const households = lines.map((line) => Household.parse(JSON.parse(line)));
    expect(new Set(households.map(({ householdId }) => householdId)).size).toBe(count);
    const members = households.flatMap((household) => household.members);
    expect(new Set(members.map(({ personId }) => personId)).size).toBe(members.length);
    const known = new Set([...households, ...members].flatMap((each) => Object.values(each)));
    const strangers = households.flatMap(({ facts }) => facts.filter(({ subject }) => !known.has(subject)));
    expect(strangers).toEqual([]);
  });

  test('says where its first tenth ends', () => {
    expect(linesOf(file.path, file.tenth.bytes, 2)).toEqual(lines.slice(0, file.tenth.households));
    expect(file.tenth.households).toBe(count / 10);
  });

  test('is refused where there is no room for it, with what to do', () => {
    expect(() => checkRoom(folder, 1e12, 2_000)).toThrow(/MB free.*--folder.*--households/u);
    expect(() => checkRoom(folder, 10, 2_000)).not.toThrow();
  });

  test('with a line that is no household is not decided on', () => {
    const line = Buffer.from('{"householdId":"hh_1","members":[]}');
    expect(() => householdIn(line, 0, line.length)).toThrow('no household');
  });
});

describe('a file of decisions', () => {
  test('gives back what was added, over more than one write to the disk', () => {
    const path = pathOf('frames');
    const frames = framesTo(path);
    const decisions = Array.from({ length: 30_000 }, (_, index) => Buffer.from(`${index}${'.'.repeat(index % 512)}`));
    for (const decision of decisions) {
      frames.add((buffer, offset) => {
        buffer.set(decision, offset);
        return decision.length;
      });
    }
    const { decisions: number, bytes, longest } = frames.close();
    expect(number).toBe(decisions.length);
    expect(bytes).toBe(decisions.reduce((sum, { length }) => sum + length + 2, 0));
    expect(longest).toBe(Math.max(...decisions.map(({ length }) => length)));
    const read = firstFrames(path, decisions.length + 1);
    expect(Buffer.concat(read).equals(Buffer.concat(decisions))).toBe(true);
    expect(read).toHaveLength(decisions.length);
  });
});
